import type { Message } from '../common/errors';
import { createRandom } from '../common/random';
import { pairedDifference } from '../methods/metrics';
import { itemsNeededToTune } from '../methods/posthoc';
import type { Setting } from './recipe';
import type { Outcome } from './singleLabel';
import type { PairedDifference } from '../methods/metrics';

/** The recipe that is kept, and why in the order it was decided. */
export interface Choice {
  readonly outcome: Outcome;
  readonly reasons: readonly Message[];
}

const gainParams = ({ difference, interval }: PairedDifference): Message['params'] => ({
  difference,
  low: interval[0],
  high: interval[1],
});

const changesNothing = ({ offsets }: Outcome): boolean => {
  if (offsets === null) return false;
  const [first = 0] = offsets;
  return offsets.every((offset) => Math.abs(offset - first) < 1e-9);
};

/** A recipe that must prove itself: tuned, fitted, or (tau-normalisation) without a theory of its value. */
const mustProve = ({ tried }: Outcome): boolean =>
  tried.how !== 'fixed' || tried.kind === 'tau-norm';

/** The precision that a floor asked for, where scoring without looking finds less. */
const belowFloor = (
  { fullScores, threshold }: Outcome,
  rule: Setting['rule'],
): readonly Message[] => {
  const floor = rule?.precisionFloor;
  const precision = fullScores.classes[threshold?.positive ?? -1]?.precision ?? null;
  return floor === undefined || precision === null || precision >= floor
    ? []
    : [{ code: 'posthoc/why/below-floor', params: { precision, floor } }];
};

/**
 * Which recipe to keep. What theory gives (tau 1) comes first; another one takes its place only
 * where every class has 20 items and it is better than the kept one by a paired interval that
 * excludes 0. A threshold the user set a rule for is what they asked for. Whatever is kept gives way
 * to the model as it is where it is worse than that beyond chance. `outcomes` as `trySingleLabel`
 * gives them.
 */
export const choose = (outcomes: readonly Outcome[], setting: Setting): Choice => {
  const { outputs, shares, seed, rule } = setting;
  const plain = outcomes.find(({ tried }) => tried.kind === 'plain');
  const asked = rule === null ? undefined : outcomes.find(({ threshold }) => threshold !== null);
  const adjusted = outcomes.find(({ tried }) => tried.kind === 'logit-adjustment');
  const first = asked ?? adjusted ?? outcomes.at(-1) ?? plain;
  if (first === undefined) throw new RangeError('nothing was tried');
  const code = (name: string): string => `posthoc/why/${name}`;
  if (asked === undefined && adjusted !== undefined && changesNothing(adjusted) && plain)
    return { outcome: plain, reasons: [{ code: code('nothing-to-correct'), params: {} }] };
  const reasons: Message[] = [];
  if (rule !== null && asked === undefined)
    reasons.push({ code: code('no-threshold'), params: { least: itemsNeededToTune } });
  let kept = first;
  if (asked === undefined)
    for (const other of outcomes) {
      if (other === kept || other === plain || !mustProve(other)) continue;
      const against = pairedDifference(
        outputs.labels,
        { a: kept.predictions, b: other.predictions },
        outputs.classNames.length,
        {
          random: createRandom(seed, 'choice', other.tried.title.code),
          ...(shares === null ? {} : { shares }),
        },
      );
      const support = other.fullScores.classes.filter(({ trainCount }) => trainCount > 0);
      const enough = support.every(({ testCount }) => testCount >= itemsNeededToTune);
      if (!enough || !against.excludesZero || against.difference <= 0) continue;
      reasons.push({ code: code('better'), params: gainParams(against) });
      kept = other;
    }
  if (asked === undefined && plain !== undefined && changesNothing(kept))
    return { outcome: plain, reasons: [...reasons, { code: code('tau-zero'), params: {} }] };
  const gain = kept.tried.gain;
  if (gain === null || plain === undefined)
    return { outcome: kept, reasons: [...reasons, { code: code('nothing-before'), params: {} }] };
  const params = gainParams(gain);
  if (asked !== undefined)
    return {
      outcome: kept,
      reasons: [...reasons, { code: code('asked'), params }, ...belowFloor(kept, rule)],
    };
  if (gain.excludesZero && gain.difference < 0)
    return { outcome: plain, reasons: [...reasons, { code: code('worse'), params }] };
  const verdict = gain.excludesZero ? 'gain' : 'within-chance';
  return { outcome: kept, reasons: [...reasons, ...kept.notes, { code: code(verdict), params }] };
};
