import type { ClassChange, ComparedBy, CountComparison } from '../check/compareCounts';
import { words } from '../words/say';
import { plainText } from './text';

/** Classes that a sentence names. */
const namedClasses = 3;
/** Classes that are handed on: a reader reads no more. */
const mostClasses = 500;

/** What is shown of a comparison: those of many classes that changed most, and all in a sentence. */
export interface ShownChanges {
  readonly by: ComparedBy;
  readonly before: { readonly title: string; readonly total: number };
  readonly now: { readonly title: string; readonly total: number };
  /** The largest change first. */
  readonly classes: readonly ClassChange[];
  /** Classes that are not among them. */
  readonly rest: number;
  readonly sentence: string;
}

/** Count over total; 0 of nothing. */
export const shareOf = (count: number, total: number): number => (total === 0 ? 0 : count / total);

const fell = ({ before, now, change }: ClassChange): boolean => before > 0 && now > 0 && change < 0;

const named = (
  { by, before, now }: CountComparison,
  classes: readonly ClassChange[],
): readonly string[] =>
  classes.slice(0, namedClasses).map((one) =>
    by === 'counts'
      ? words('compare/fall', { name: plainText(one.name), before: one.before, now: one.now })
      : words('compare/fall-share', {
          name: plainText(one.name),
          before: shareOf(one.before, before.total),
          now: shareOf(one.now, now.total),
        }),
  );

const nameList = (classes: readonly ClassChange[]): readonly string[] =>
  classes.slice(0, namedClasses).map(({ name }) => plainText(name));

/** What changed, the falls first; then classes that are gone, that are new, and the distance. */
export const changeSentences = (comparison: CountComparison): readonly string[] => {
  const { classes, distance, by, before, now } = comparison;
  const falls = classes.filter(fell);
  const gone = classes.filter((one) => one.now === 0);
  const added = classes.filter((one) => one.before === 0);
  const sides = { before: plainText(before.title), now: plainText(now.title) };
  if (classes.every(({ change }) => Math.abs(change) < 1e-9))
    return [words('compare/equal', sides)];
  return [
    ...(falls.length === 0
      ? []
      : [words(`compare/falls-${by}`, { list: named(comparison, falls), count: falls.length })]),
    ...(gone.length === 0
      ? []
      : [words('compare/gone', { ...sides, list: nameList(gone), count: gone.length })]),
    ...(added.length === 0
      ? []
      : [words('compare/new', { ...sides, list: nameList(added), count: added.length })]),
    ...(falls.length + gone.length + added.length === 0 ? [words('compare/only-rises')] : []),
    ...(distance === null ? [] : [words('compare/distance', { share: distance })]),
  ];
};

/** As much of a comparison as a page shows. */
export const shownChanges = (comparison: CountComparison): ShownChanges => {
  const { by, before, now, classes } = comparison;
  return {
    by,
    before,
    now,
    classes: classes.slice(0, mostClasses),
    rest: Math.max(0, classes.length - mostClasses),
    sentence: changeSentences(comparison).join(' '),
  };
};
