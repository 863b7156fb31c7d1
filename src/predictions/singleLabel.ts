import type { Message } from '../common/errors';
import { createRandom } from '../common/random';
import { pairedDifference, scorePredictions } from '../methods/metrics';
import { at } from '../methods/numbers';
import {
  addOffsets,
  chooseTau,
  chooseThreshold,
  crossFit,
  itemsNeededToTune,
  positiveProbabilities,
  predictRows,
  priorOffsets,
  stratifiedFolds,
  thresholdOffsets,
  usualFolds,
  type TauChoice,
} from '../methods/posthoc';
import type { Scores } from '../report/types';
import { means, normalised } from './featureRecipes';
import { fewest, supportOf, titled, type Recipe, type Setting } from './recipe';
import type { Tried } from './types';

/** A recipe as it came out: scores that no item's own label has bent, and what to apply anywhere. */
export interface Outcome {
  readonly tried: Tried;
  readonly fullScores: Scores;
  readonly predictions: Int32Array;
  /** Added to logits [C]; null where the recipe is no such sum. */
  readonly offsets: Float64Array | null;
  readonly threshold: { readonly positive: 0 | 1; readonly value: number } | null;
  /** Scores [items][C] as new items get them; made anew, one matrix a recipe is much to keep. */
  logits(): Float64Array;
  readonly notes: readonly Message[];
}

const score = (setting: Setting, logits: Float64Array): Scores =>
  scorePredictions(
    {
      classNames: setting.outputs.classNames,
      trainCounts: setting.trainCounts,
      assignment: setting.assignment,
      labels: setting.outputs.labels,
      logits,
    },
    { random: createRandom(setting.seed, 'bootstrap') },
  );

const outcome = (setting: Setting, recipe: Recipe, plain: Int32Array | null): Outcome => {
  const { outputs, shares, seed } = setting;
  const classes = outputs.classNames.length;
  const predictions = predictRows(recipe.honest, classes);
  const scores = score(setting, recipe.honest);
  const gain =
    plain === null
      ? null
      : pairedDifference(outputs.labels, { a: plain, b: predictions }, classes, {
          random: createRandom(seed, 'gain', recipe.title.code),
          ...(shares === null ? {} : { shares }),
        });
  const { accuracy, balancedAccuracy, balancedAccuracyInterval, macroF1, many, medium, few, ece } =
    scores;
  return {
    tried: {
      kind: recipe.kind,
      tau: recipe.tau,
      title: recipe.title,
      how: recipe.how,
      scores: {
        accuracy,
        balancedAccuracy,
        balancedAccuracyInterval,
        many,
        medium,
        few,
        // Cosines to means are no probabilities.
        ece: recipe.kind === 'nearest-mean' ? null : ece,
      },
      macroF1,
      gain,
    },
    fullScores: scores,
    predictions,
    offsets: recipe.offsets,
    threshold: recipe.threshold ?? null,
    logits: recipe.logits,
    notes: recipe.notes ?? [],
  };
};

/** The adjustment by tau: fixed, or 1 and the tuned one where tau is to be chosen. */
const adjustments = (setting: Setting, logits: Float64Array): readonly Recipe[] => {
  const { outputs, select, logPriors, shares, tau, seed } = setting;
  const classes = outputs.classNames.length;
  const offsetsAt = (value: number): Float64Array => priorOffsets(logPriors, value);
  const adjusted = (value: number): Float64Array => {
    const offsets = offsetsAt(value);
    return addOffsets(logits, classes, () => offsets);
  };
  const fixed = (value: number): Recipe => ({
    kind: 'logit-adjustment',
    tau: value,
    title: titled(shares === null ? 'logit-adjustment' : 'prior-shift', { tau: value }),
    how: 'fixed',
    honest: adjusted(value),
    logits: () => adjusted(value),
    offsets: offsetsAt(value),
  });
  if (tau !== 'auto') return [fixed(tau)];
  const theory = fixed(1);
  const on = select ?? outputs;
  // Balanced accuracy says nothing about another target: the theory's value stays.
  if (shares !== null || on.logits === null) return [theory];
  const choice: TauChoice = chooseTau(
    { logits: on.logits, labels: on.labels, classes },
    logPriors.trained,
    { random: createRandom(seed, 'tau') },
  );
  const note: Message = { code: choice.reason, params: {} };
  if (choice.reason !== 'tau.tuned') return [{ ...theory, notes: [note] }];
  const crossFitted = choice.crossFitted;
  const honest =
    select === null && crossFitted !== null
      ? addOffsets(logits, classes, (row) => offsetsAt(at(crossFitted, row)))
      : adjusted(choice.tau);
  return [
    theory,
    {
      ...fixed(choice.tau),
      title: titled('logit-adjustment-tuned', { tau: choice.tau }),
      how: select === null ? 'cross-fitted' : 'selected',
      honest,
      notes: [note],
    },
  ];
};

/** The threshold on the rarer class of two, by the user's rule. */
const threshold = (setting: Setting, logits: Float64Array): readonly Recipe[] => {
  const { outputs, select, rule, trainCounts, shares, seed } = setting;
  if (rule === null || outputs.classNames.length !== 2) return [];
  const positive = (trainCounts[0] ?? 0) < (trainCounts[1] ?? 0) ? 0 : 1;
  const on = select ?? outputs;
  if (on.logits === null || fewest(setting, on) < itemsNeededToTune) return [];
  const probabilities = positiveProbabilities(on.logits, positive);
  const truth = Uint8Array.from(on.labels, (label) => Number(label === positive));
  const found = supportOf(on);
  // Items stand for the shares the classes will have, where those are known.
  const weights = {
    positive: shares === null ? 1 : at(shares, positive) / at(found, positive),
    negative: shares === null ? 1 : at(shares, 1 - positive) / at(found, 1 - positive),
  };
  const chosenOn = (items: Int32Array | null): number | null => {
    const own = items ?? Int32Array.from(truth, (_, i) => i);
    const scores = Float64Array.from(own, (i) => at(probabilities, i));
    const labels = Uint8Array.from(own, (i) => at(truth, i));
    return chooseThreshold(scores, labels, rule, weights)?.threshold ?? null;
  };
  const value = chosenOn(null);
  if (value === null) return [];
  const shift = (t: number): Float64Array => thresholdOffsets(t, positive);
  const offsets = shift(value);
  const decided = (): Float64Array => addOffsets(logits, 2, () => offsets);
  const title = titled('threshold', {
    name: outputs.classNames[positive] ?? '',
    threshold: value,
  });
  const common = { kind: 'thresholds', tau: null, title, logits: decided } as const;
  const made = { offsets, threshold: { positive, value } } as const;
  if (select !== null) return [{ ...common, ...made, how: 'selected', honest: decided() }];
  const honest = new Float64Array(logits.length);
  crossFit(
    stratifiedFolds(outputs.labels, usualFolds, createRandom(seed, 'threshold')),
    // Where the others reach no threshold the fold's own would: it decides as the model does.
    (items) => shift(chosenOn(items) ?? 0.5),
    (own, items) => {
      for (const i of items)
        for (const j of [0, 1] as const) honest[2 * i + j] = at(logits, 2 * i + j) + at(own, j);
    },
  );
  return [{ ...common, ...made, how: 'cross-fitted', honest }];
};

/**
 * Every recipe that the file allows, the model as it is first where it has scores. Each is scored
 * on items that did not choose its parameters: those of a theory or the user need none, the others
 * are cross-fitted over five folds or chosen on a file of their own.
 */
export const trySingleLabel = (setting: Setting): readonly Outcome[] => {
  const { logits } = setting.outputs;
  const zero = new Float64Array(setting.outputs.classNames.length);
  const plain =
    logits === null
      ? null
      : outcome(
          setting,
          {
            kind: 'plain',
            tau: null,
            title: titled('plain'),
            how: 'fixed',
            honest: logits,
            logits: () => logits,
            offsets: zero,
          },
          null,
        );
  const recipes = [
    ...(logits === null ? [] : [...adjustments(setting, logits), ...threshold(setting, logits)]),
    ...normalised(setting),
    ...means(setting),
  ];
  const rest = recipes.map((recipe) => outcome(setting, recipe, plain?.predictions ?? null));
  return plain === null ? rest : [plain, ...rest];
};
