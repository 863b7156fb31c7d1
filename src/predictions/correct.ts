import { LongtailError, type Message } from '../common/errors';
import { resolveBands, type BandRequest } from '../methods/bands';
import { wilsonInterval } from '../methods/metrics';
import { at, map, shares } from '../methods/numbers';
import { predictRows, type LabelCells, type ThresholdRule } from '../methods/posthoc';
import { softmaxRows } from '../methods/softmax';
import type { Scores } from '../report/types';
import { choose } from './choose';
import { tryMultiLabel } from './multiLabel';
import { trySingleLabel, type Outcome } from './singleLabel';
import type { Trained } from './trained';
import type {
  ClassRecall,
  ClassResult,
  Correction,
  ModelOutputs,
  PosthocResult,
  Target,
} from './types';

/** An existing model's outputs and what is to be made of them. */
export interface Request {
  readonly outputs: ModelOutputs;
  /** Outputs to choose on, of the same classes; null = choose on `outputs` by cross-fitting. */
  readonly select: ModelOutputs | null;
  /** Training counts in the order of the classes. */
  readonly trainCounts: readonly number[];
  readonly trained: Trained;
  readonly target: Target;
  readonly tau: number | 'auto';
  /** What a threshold is chosen for; null = none for single labels, F1 for several. */
  readonly rule: ThresholdRule | null;
  readonly bands: BandRequest;
  readonly seed: number;
}

/** Corrected predictions, as they are for new items: with what was chosen on all items. */
export interface Corrected {
  readonly result: PosthocResult;
  /** [items][C]: probabilities after the correction. */
  readonly probabilities: Float64Array;
  /** Scores before the softmax [items][C]; of several labels the logits as they were. */
  readonly logits: Float64Array;
  /** Class positions [items], or 0 and 1 [items][C]. */
  readonly before: Int32Array | null;
  readonly after: Int32Array;
}

const recallOf = (scores: Scores, j: number): ClassRecall => {
  const one = scores.classes[j];
  const count = one?.testCount ?? 0;
  const right = scores.confusion?.[j]?.[j] ?? 0;
  return {
    recall: one?.recall ?? null,
    interval: wilsonInterval(right, count),
    precision: one?.precision ?? null,
  };
};

const labelRecall = ({ positives, predicted, right }: LabelCells): ClassRecall => ({
  recall: positives === 0 ? null : right / positives,
  interval: wilsonInterval(right, positives),
  precision: predicted === 0 ? null : right / predicted,
});

const byName = <T>(names: readonly string[], value: (j: number) => T): Record<string, T> =>
  Object.fromEntries(names.map((name, j) => [name, value(j)]));

/** The target's shares by position; null where every class counts alike. */
const targetShares = (
  target: Target,
  names: readonly string[],
  trainCounts: readonly number[],
): Float64Array | null => {
  if (target === 'uniform') return null;
  if (target === 'as-trained') return shares(trainCounts);
  return shares(
    names.map((name) => {
      const share = target[name];
      if (share === undefined) throw new LongtailError('posthoc/target-class', { name });
      return share;
    }),
  );
};

const correctionOf = (
  { tried, offsets, threshold }: Outcome,
  names: readonly string[],
): Correction => ({
  kind: tried.kind,
  tau: tried.tau,
  offsets:
    offsets === null
      ? null
      : byName(names, (j) => (Number.isFinite(at(offsets, j)) ? at(offsets, j) : null)),
  thresholds: null,
  threshold:
    threshold === null
      ? null
      : {
          positive: names[threshold.positive] ?? '',
          value: Number.isFinite(threshold.value) ? threshold.value : null,
        },
});

type Shared = Pick<
  PosthocResult,
  | 'schema'
  | 'file'
  | 'selectedOn'
  | 'task'
  | 'items'
  | 'seed'
  | 'trained'
  | 'target'
  | 'rule'
  | 'bands'
  | 'effectivePrior'
>;

const several = (request: Request, shared: Shared, classFacts: ClassFacts): Corrected => {
  const { outputs, select, seed } = request;
  const { logits, classNames } = outputs;
  if (logits === null)
    throw new LongtailError('posthoc/labels-need-scores', { path: outputs.path });
  const rule = request.rule ?? { metric: 'f1' as const };
  const made = tryMultiLabel({ ...outputs, logits }, select, { rule, seed });
  const gain = made.tried.at(-1)?.gain;
  const params = {
    difference: gain?.difference ?? 0,
    low: gain?.interval[0] ?? 0,
    high: gain?.interval[1] ?? 0,
  };
  const worse = gain?.excludesZero === true && gain.difference < 0;
  const few = made.thresholds.flatMap(({ reason }, j) =>
    reason === 'threshold.chosen' ? [] : [classNames[j] ?? ''],
  );
  const verdict = worse ? 'worse' : gain?.excludesZero === true ? 'gain' : 'within-chance';
  const notes: Message[] =
    few.length === 0
      ? []
      : [
          {
            code: 'posthoc/note/labels-kept',
            params: { count: few.length, names: few.slice(0, 8) },
          },
        ];
  const none = Uint8Array.from(made.probabilities, (p) => Number(p >= 0.5));
  return {
    result: {
      ...shared,
      rule,
      classes: classFacts((j) => made.before[j]?.positives ?? 0).map((facts, j) => ({
        ...facts,
        before: labelRecall(made.before[j] ?? { positives: 0, predicted: 0, right: 0 }),
        after: labelRecall(
          (worse ? made.before : made.after)[j] ?? { positives: 0, predicted: 0, right: 0 },
        ),
      })),
      tried: made.tried,
      chosen: {
        kind: worse ? 'plain' : 'thresholds',
        tau: null,
        offsets: null,
        thresholds: byName(classNames, (j) =>
          worse ? 0.5 : (made.thresholds[j]?.threshold ?? 0.5),
        ),
        threshold: null,
      },
      reasons: [{ code: `posthoc/why/${verdict}`, params }],
      notes: [...outputs.notes, ...notes],
    },
    probabilities: made.probabilities,
    logits,
    before: Int32Array.from(none),
    after: Int32Array.from(worse ? none : made.decisions),
  };
};

type ClassFacts = (
  items: (j: number) => number,
) => readonly Pick<ClassResult, 'name' | 'trainCount' | 'band' | 'items'>[];

/**
 * Corrects an existing model's predictions for the shares its classes will have, from what it was
 * trained on: every recipe the file allows, scored without looking at its own choices, one kept by
 * `choose`, and the corrected predictions. Nothing is trained. Throws LongtailErrors
 * `posthoc/select-differs`, `posthoc/target-class`, `posthoc/labels-need-scores`,
 * `posthoc/rule-needs-two`.
 */
export const correctPredictions = (request: Request): Corrected => {
  const { outputs, select, trainCounts, trained, target, tau, rule, seed } = request;
  const { classNames } = outputs;
  if (select !== null && classNames.some((name, j) => select.classNames[j] !== name))
    throw new LongtailError('posthoc/select-differs', {
      path: select.path,
      other: outputs.path,
      names: select.classNames.slice(0, 8),
    });
  if (rule !== null && outputs.task === 'single-label' && classNames.length !== 2)
    throw new LongtailError('posthoc/rule-needs-two', { count: classNames.length });
  const prior = trained.effectivePrior(trainCounts);
  const { bands, assignment } = resolveBands(trainCounts, request.bands);
  const shared: Shared = {
    schema: 'longtail.posthoc/1',
    file: outputs.path,
    selectedOn: select?.path ?? null,
    task: outputs.task,
    items: outputs.items,
    seed,
    trained: trained.text,
    target,
    rule,
    bands,
    effectivePrior: byName(classNames, (j) => at(prior, j)),
  };
  const classFacts: ClassFacts = (items) =>
    classNames.map((name, j) => ({
      name,
      trainCount: trainCounts[j] ?? 0,
      band: assignment[j] ?? 'medium',
      items: items(j),
    }));
  if (outputs.task === 'multi-label') return several(request, shared, classFacts);
  const wanted = targetShares(target, classNames, trainCounts);
  const setting = {
    outputs,
    select,
    trainCounts,
    assignment,
    logPriors: {
      trained: map(prior, Math.log),
      target: wanted === null ? new Float64Array(classNames.length) : map(wanted, Math.log),
    },
    shares: wanted,
    tau,
    rule,
    seed,
  };
  const outcomes = trySingleLabel(setting);
  const { outcome, reasons } = choose(outcomes, setting);
  const plain = outcomes.find(({ tried }) => tried.kind === 'plain');
  const logits = outcome.logits();
  return {
    result: {
      ...shared,
      classes: classFacts((j) => outcome.fullScores.classes[j]?.testCount ?? 0).map((facts, j) => ({
        ...facts,
        before: plain === undefined ? null : recallOf(plain.fullScores, j),
        after: recallOf(outcome.fullScores, j),
      })),
      tried: outcomes.map(({ tried }) => tried),
      chosen: correctionOf(outcome, classNames),
      reasons,
      notes: outputs.notes,
    },
    probabilities: softmaxRows(logits, classNames.length),
    logits,
    before: plain === undefined ? null : predictRows(plain.logits(), classNames.length),
    after: predictRows(logits, classNames.length),
  };
};
