import type { Message } from '../../common/errors';
import { mainScore } from '../compare';
import { isDifference } from './difference';
import { fewestItems } from './classes';
import type {
  Compared,
  Covers,
  Difference,
  GroupDifference,
  RunComparison,
  RunGroup,
} from './types';

/** Which sentence fits a difference and its interval. */
const directionOf = (value: number, interval: readonly [number, number] | null): string => {
  if (interval === null) return value < 0 ? 'below' : 'above';
  if (interval[0] <= 0 && interval[1] >= 0) return 'unclear';
  return value < 0 ? 'fell' : 'rose';
};

/** Points of the sentence: how much above or below; signed where neither can be told. */
const pointsOf = ({ value, interval }: Difference): Readonly<Record<string, number>> => {
  if (interval === null) return { points: Math.abs(value) * 100 };
  const fell = directionOf(value, interval) === 'fell';
  const [low, high] = fell ? [-interval[1], -interval[0]] : interval;
  return { points: (fell ? -value : value) * 100, low: low * 100, high: high * 100 };
};

/** What the main score of a group is. */
export const kindOf = ({ runs }: RunGroup): 'balanced' | 'mAP' =>
  mainScore(runs[0].report.scores).kind;

/** What one comparison came to: the main score, then the classes. */
export const differenceSentences = (
  reference: RunGroup,
  { group, difference }: Compared,
): readonly Message[] => {
  if (!isDifference(difference)) return [difference];
  const { balanced, classes, items } = difference;
  const names = { a: reference.title, b: group.title, keyA: reference.key, keyB: group.key };
  const kind = kindOf(reference);
  const main: readonly Message[] =
    balanced === null
      ? [{ code: 'comparison/no-score', params: names }]
      : [
          {
            code: `comparison/${kind}/${directionOf(balanced.value, balanced.interval)}`,
            params: {
              ...names,
              ...pointsOf(balanced),
            },
          },
        ];
  const found = classes.filter((one) => one.found);
  const up = found.filter(({ difference: of }) => (of?.value ?? 0) > 0).length;
  const tested = classes.filter(({ p }) => p !== null).length;
  const ofClasses: readonly Message[] =
    tested === 0
      ? []
      : [
          {
            code: `comparison/${kind === 'mAP' ? 'labels' : 'classes'}${found.length === 0 ? '/none' : ''}`,
            params: { count: found.length, tested, up, down: found.length - up },
          },
        ];
  const partial: readonly Message[] =
    items.common < Math.max(items.own, items.other)
      ? [{ code: 'comparison/partial', params: { ...items, ...names } }]
      : [];
  return [...main, ...ofClasses, ...partial];
};

/** How the numbers were made, and what their intervals leave out; each once. */
export const comparisonNotes = ({ groups, compared }: RunComparison): readonly Message[] => {
  const found = compared.map(({ difference }) => difference).filter(isDifference);
  const covers = new Map<Covers, GroupDifference>();
  for (const one of found) if (!covers.has(one.covers)) covers.set(one.covers, one);
  const paired = found.some((one) => one.covers !== 'nothing');
  const seeds = Math.max(...groups.map(({ runs }) => runs.length));
  const several = groups.some((group) => kindOf(group) === 'mAP');
  return [
    ...(seeds > 1 ? [{ code: 'comparison/note/deviation', params: {} }] : []),
    ...[...covers].map(([kind, { pairs }]): Message => ({
      code: `comparison/note/${kind}`,
      params: { count: pairs },
    })),
    ...(paired
      ? [
          {
            code: `comparison/note/methods${several ? '-labels' : ''}`,
            params: { fewest: fewestItems },
          },
        ]
      : []),
  ];
};
