import { CancelledError, LongtailError, type Message } from '../common/errors';
import { checkRecipe } from '../config/combinations';
import type { RebalanceConfig } from '../config/schema';
import type { SweepRecipe } from '../config/sweepRecipes';
import type { Scores } from '../report/types';
import type { Ops } from './backend/types';
import type { NamedWeight } from './models/types';
import type { TrainingData } from './data/trainingData';
import { checkPosthoc, correct, type Corrected } from './posthoc';
import { predictAll, type Predictions } from './predictions';
import { createScorer } from './score';
import { runStage, startOf, type StageHooks } from './stages/runStage';
import { stageSeed } from './trainStages';
import type { Representation } from './sweepRepresentation';

/** What a recipe came to on one representation. */
export interface Tried {
  readonly config: RebalanceConfig;
  readonly predictions: Predictions;
  /** Weights of the trained head; null where the plain classifier stays. */
  readonly head: ReadonlyMap<string, NamedWeight> | null;
  readonly corrected: Corrected;
  readonly validation: { readonly scores: Scores; readonly guesses: Int32Array } | null;
  readonly test: { readonly scores: Scores; readonly guesses: Int32Array };
  readonly seconds: number;
}

/** What speaks for and against a recipe on these data: warnings, or why it is left out. */
export const judge = (
  recipe: SweepRecipe,
  config: RebalanceConfig,
  data: TrainingData,
): { readonly warnings: readonly Message[]; readonly why: Message | null } => {
  if (recipe.binary === true && data.classNames.length !== 2)
    return { warnings: [], why: { code: 'sweep/binary-only', params: {} } };
  const classes = data.classNames.map((name, j) => ({ name, count: data.trainCounts[j] ?? 0 }));
  const facts = { task: data.task, modality: 'none', classes, splits: [] } as const;
  // Classes and splits were checked when the data were read; here only the recipe is new.
  const rows = checkRecipe(config, facts);
  const error = rows.find(({ severity }) => severity === 'error');
  if (error !== undefined) return { warnings: [], why: error };
  try {
    checkPosthoc(config, data);
  } catch (caught) {
    if (caught instanceof LongtailError) return { warnings: [], why: caught };
    throw caught;
  }
  return { warnings: rows.map(({ code, params }) => ({ code, params })), why: null };
};

/** The head that a recipe trains on the features, and its outputs. */
const trainHead = async (
  { data, createHead, predictions }: Representation,
  config: RebalanceConfig,
  { ops, breathe }: { readonly ops: Ops; readonly breathe: () => Promise<void> },
): Promise<Pick<Tried, 'predictions' | 'head'>> => {
  const stage = config.stages.length - 1;
  const head = config.stages[stage];
  if (head === undefined) return { predictions, head: null };
  const network = createHead();
  const hooks: StageHooks = {
    onStep: () => undefined,
    onEpoch: () => undefined,
    shouldStop: () => false,
    checkpoint: () => undefined,
    checkpointDue: () => false,
  };
  try {
    const seed = stageSeed(config.seed, stage);
    const inputs = { ops, network, data, config: head, seed, stage, breathe };
    await runStage(inputs, startOf(stage), null, hooks);
    return {
      predictions: await predictAll(network, ops, data, breathe),
      head: network.getWeights(),
    };
  } finally {
    network.dispose();
  }
};

/** Runs a recipe on a representation and scores it. Throws CancelledError when asked to stop. */
export const tryRecipe = async (
  representation: Representation,
  recipe: SweepRecipe,
  config: RebalanceConfig,
  control: {
    readonly ops: Ops;
    readonly breathe: () => Promise<void>;
    readonly shouldStop: () => boolean;
  },
): Promise<Tried> => {
  const begun = performance.now();
  const breathe = async (): Promise<void> => {
    await control.breathe();
    if (control.shouldStop()) throw new CancelledError();
  };
  await breathe();
  const { data } = representation;
  const scorer = createScorer(config, data);
  const { predictions, head } =
    recipe.head === null
      ? { predictions: representation.predictions, head: null }
      : await trainHead(representation, config, { ops: control.ops, breathe });
  const corrected = correct(config, data, predictions, scorer);
  const scored = (logits: ArrayLike<number>, rows: Uint32Array) => ({
    scores: scorer.score(logits, rows, corrected.thresholds),
    guesses: scorer.guesses(logits, rows) ?? new Int32Array(),
  });
  const { validation, test } = data.split;
  return {
    config,
    predictions,
    head,
    corrected,
    validation: corrected.validation === null ? null : scored(corrected.validation, validation),
    test: scored(corrected.test, test),
    seconds: (performance.now() - begun) / 1000,
  };
};
