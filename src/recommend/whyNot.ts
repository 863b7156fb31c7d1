import type { Message, MessageParams } from '../common/errors';
import { catalogue, type Method } from './catalogue';
import { measuredSets, type Effect, type MeasuredSet } from './effects';
import { isOverBudget, minutesOf, trainingMinutes } from './effort';
import { distance } from './evidence';
import { gainMargin } from './order';
import { effectOf } from './otherEffects';
import { countsOf, type Case } from './rule';
import { rules } from './rules';
import { balancedBelow } from './situations';
import type { NotRecommended, Recommendation } from './types';

/** What a reason is chosen by. */
interface Question {
  readonly given: Case;
  readonly method: Method;
  /** What is recommended, best first. */
  readonly items: readonly Recommendation[];
}

/** A reason, or null where it does not apply. Asked in order; the first that applies is told. */
type Reason = (question: Question) => Message | null;

const reason = (code: string, params: MessageParams = {}): Message => ({
  code: `whynot/${code}`,
  params,
});

const nothingToTellApart: Reason = ({ given: { facts } }) =>
  facts.present < 2 ? reason('nothing-to-tell-apart', { count: facts.present }) : null;

const otherTask: Reason = ({ given: { facts }, method }) =>
  method.tasks !== undefined && !method.tasks.includes(facts.task)
    ? reason('task', { task: facts.task, tasks: method.tasks })
    : null;

const otherModality: Reason = ({ given: { facts }, method }) =>
  method.pictures === true && facts.modality !== 'image'
    ? reason('modality', { modality: facts.modality })
    : null;

/** Reasons of single methods that no table of gains tells. */
const ofItsOwn: Readonly<Record<string, Reason>> = {
  'collect-data': ({ given: { facts } }) =>
    reason('collect-data', { name: facts.smallest.name, smallest: facts.smallest.count }),
  'fix-labels': () => reason('fix-labels'),
  'drop-empty-classes': () => reason('drop-empty-classes'),
  'calibrate-probabilities': () => reason('calibrate-probabilities'),
  'calibrated-trees': ({ given: { facts } }) =>
    facts.modality === 'tabular'
      ? reason('calibrated-trees', { ratio: facts.ratio, classes: facts.present })
      : reason('calibrated-trees-modality', { modality: facts.modality }),
  'per-class-scores': () => reason('per-class-scores'),
  'expert-ensemble': () => reason('expert-ensemble'),
  smote: () => reason('smote'),
  'leave-alone': ({ given }) => reason('leave-alone', countsOf(given)),
  'decision-thresholds': ({ given: { facts } }) =>
    facts.present > 2
      ? reason('thresholds-many', { classes: facts.present })
      : reason('thresholds-two'),
  'focal-detection': () => reason('balanced'),
  'frozen-backbone': ({ given: { facts, goals } }) => {
    if (goals.pictures?.channels === 1) return reason('frozen-backbone-grey');
    if (!facts.maybePhotos) return reason('frozen-backbone-photos');
    const minutes = trainingMinutes(goals);
    return minutes === null
      ? reason('frozen-backbone-size', { samples: facts.total })
      : reason('frozen-backbone-quick', { minutes: Math.round(2 * minutes), samples: facts.total });
  },
};

const own: Reason = (question) => ofItsOwn[question.method.id]?.(question) ?? null;

/** Whether the first answer is to leave the skew alone. */
const leftAlone: Reason = ({ given: { facts, situation } }) => {
  if (situation === 'as-trained') return reason('as-trained', { ratio: facts.ratio });
  return facts.ratio < balancedBelow ? reason('balanced', { ratio: facts.ratio }) : null;
};

const overBudget: Reason = ({ given: { facts, goals }, method }) => {
  const { budgetMinutes } = goals;
  if (budgetMinutes === undefined) return null;
  const rule = rules.find(({ id }) => id === method.id);
  const extraTrainings = rule?.extraTrainings ?? (method.trains === true ? 1 : 0);
  if (!isOverBudget({ extraTrainings }, facts, goals)) return null;
  const minutes = minutesOf({ extraTrainings }, facts, goals) ?? 0;
  return Number.isFinite(minutes)
    ? reason('over-budget', { minutes: Math.round(minutes), budget: budgetMinutes })
    : reason('over-any-budget', { budget: budgetMinutes });
};

const needsNetwork: Reason = ({ given: { goals }, method }) =>
  method.needsNetwork === true && goals.model === 'logits' ? reason('needs-network') : null;

const noisy: Reason = ({ given: { goals, facts }, method }) =>
  goals.labelNoise === true && method.strong === true
    ? reason('label-noise', { name: facts.smallest.name, smallest: facts.smallest.count })
    : null;

const sameAs: Reason = ({ method, items }) => {
  if (method.sameAs === undefined) return null;
  return items.some(({ id }) => id === method.sameAs)
    ? reason('same-as-recommended', { other: method.sameAs })
    : reason('same-as', { other: method.sameAs });
};

/** With many classes full balance from the start was measured to lose. */
const manyClasses: Reason = ({ given: { facts }, method }) =>
  method.id === 'class-balanced-sampling' && facts.present > 20
    ? reason('many-classes', { classes: facts.present, from: 38.32, to: 33.44 })
    : null;

/** Among sets equally alike the first is preferred. */
const sets: readonly MeasuredSet[] = ['cifar', 'frozen', 'mnist500', 'mnist100'];

/** The set most like this profile on which both were measured. */
const sharedSet = (effect: Effect, best: Effect, { facts }: Case): MeasuredSet | null =>
  sets
    .filter((set) => effect[set] !== undefined && best[set] !== undefined)
    .toSorted((a, b) => distance(measuredSets[a], facts) - distance(measuredSets[b], facts))[0] ??
  null;

/** Against the best that is recommended and was measured beside it. */
const beaten: Reason = ({ given, method, items }) => {
  const effect = effectOf(method.id);
  const best = items.find(({ id }) => effectOf(id) !== null);
  const bestEffect = best === undefined ? null : effectOf(best.id);
  if (effect === null || best === undefined || bestEffect === null) return null;
  const set = sharedSet(effect, bestEffect, given);
  if (set === null) return null;
  const [gain, other] = [effect[set] ?? 0, bestEffect[set] ?? 0];
  const outcome = gain < other - gainMargin ? 'gains-less' : 'no-better';
  const params = { gain, other: best.id, best: other, set: measuredSets[set].name };
  const [low, high] = effect.published ?? [];
  if (low === undefined || high === undefined) return reason(outcome, params);
  return low === high
    ? reason(`${outcome}-paper`, { ...params, low })
    : reason(`${outcome}-papers`, { ...params, low, high });
};

const reasons: readonly Reason[] = [
  nothingToTellApart,
  otherTask,
  otherModality,
  overBudget,
  needsNetwork,
  own,
  leftAlone,
  noisy,
  sameAs,
  manyClasses,
  beaten,
];

/** Every method of the catalogue that is not among the items, each with the reason that weighs most. */
export const whyNot = (
  given: Case,
  items: readonly Recommendation[],
): readonly NotRecommended[] => {
  const taken = new Set(items.map(({ id }) => id));
  return catalogue
    .filter(({ id }) => !taken.has(id))
    .map((method) => {
      const question = { given, method, items };
      const found = reasons.map((ask) => ask(question)).find((message) => message !== null);
      return { id: method.id, ...(found ?? reason('no-figure', countsOf(given))) };
    });
};
