import { createRandom } from '../common/random';
import type { SweepRecipe } from '../config/sweepRecipes';
import type { Message } from '../common/errors';
import { mean } from '../methods/numbers';
import { overSeeds, pairedDifference } from '../methods/metrics';
import type { SweepDifference, SweepRow, SweepScores } from '../report/sweep/types';
import type { Scores } from '../report/types';
import type { TrainingData } from './data/trainingData';
import type { Tried } from './sweepTrial';

/** A recipe on every representation, in the order of the seeds. */
export interface Trials {
  readonly recipe: SweepRecipe;
  readonly warnings: readonly Message[];
  readonly tried: readonly Tried[];
}

type Part = 'validation' | 'test';

const meanOrNull = (values: readonly (number | null)[]): number | null => {
  const present = values.filter((value) => value !== null);
  return present.length === 0 ? null : mean(present);
};

const summarise = (scores: readonly Scores[]): SweepScores => ({
  balancedAccuracy: overSeeds(
    scores.map(({ balancedAccuracy, balancedAccuracyInterval }) => ({
      value: balancedAccuracy ?? NaN,
      interval: balancedAccuracyInterval ?? [NaN, NaN],
    })),
  ),
  many: meanOrNull(scores.map(({ many }) => many.recall)),
  medium: meanOrNull(scores.map(({ medium }) => medium.recall)),
  few: meanOrNull(scores.map(({ few }) => few.recall)),
  ece: mean(scores.map(({ ece }) => ece ?? NaN)),
});

/** `trials` less `other` on the same items, seed by seed; null where a part was not scored. */
const compared = (
  trials: Trials,
  other: Trials,
  data: readonly TrainingData[],
  part: Part,
): SweepDifference | null => {
  const differences = trials.tried.flatMap((tried, s) => {
    const a = other.tried[s]?.[part]?.guesses;
    const b = tried[part]?.guesses;
    const own = data[s];
    if (a === undefined || b === undefined || own === undefined) return [];
    const labels = Int32Array.from(own.split[part], (row) => own.classOf[row] ?? 0);
    const random = createRandom(tried.config.seed, 'sweep', trials.recipe.id, part);
    const { difference, interval } = pairedDifference(labels, { a, b }, own.classNames.length, {
      random,
    });
    return [{ value: difference, interval }];
  });
  if (differences.length === 0) return null;
  const found = overSeeds(differences);
  const [low, high] = found.interval;
  return { ...found, tie: low <= 0 && high >= 0 };
};

/** Mean balanced accuracy on validation; −Infinity without. */
const validated = ({ tried }: Trials): number =>
  tried.some(({ validation }) => validation === null)
    ? -Infinity
    : mean(tried.map(({ validation }) => validation?.scores.balancedAccuracy ?? NaN));

/** The recipe that is best on validation, the earlier of equals; null without validation. */
export const bestOf = (all: readonly Trials[]): Trials | null =>
  all.reduce<Trials | null>(
    (best, one) => (validated(one) > (best === null ? -Infinity : validated(best)) ? one : best),
    null,
  );

/** Rows of the table. Choices look at validation alone; test is only compared with plain. */
export const rowsOf = (
  all: readonly Trials[],
  best: Trials | null,
  data: readonly TrainingData[],
): readonly SweepRow[] => {
  const plain = all.find(({ recipe }) => recipe.id === 'plain');
  return all.map((trials): SweepRow => {
    const { recipe, warnings, tried } = trials;
    const config = tried[0]?.config;
    const held = tried.flatMap(({ validation }) =>
      validation === null ? [] : [validation.scores],
    );
    return {
      id: recipe.id,
      head: recipe.head === null ? null : (config?.stages.at(-1) ?? null),
      posthoc: config?.posthoc ?? { kind: 'none' },
      seconds: mean(tried.map(({ seconds }) => seconds)),
      validation: held.length === 0 ? null : summarise(held),
      test: summarise(tried.map(({ test }) => test.scores)),
      againstPlain:
        plain === undefined || plain === trials ? null : compared(trials, plain, data, 'test'),
      againstBest:
        best === null || best === trials ? null : compared(trials, best, data, 'validation'),
      warnings,
    };
  });
};
