import type { PosthocConfig, RebalanceConfig, StageConfig } from './schema';

/** What is tried on the features of one representation: a new head, a correction, or both. */
export interface SweepRecipe {
  /** Name on the command line; its title is `sweep/recipe/<id>`. */
  readonly id: string;
  /** What the stage that trains the head has beside its schedule; null where nothing is trained. */
  readonly head: Partial<StageConfig> | null;
  readonly posthoc?: PosthocConfig;
  /** Only for two classes. */
  readonly binary?: true;
}

const again = { trainable: 'classifier', init: 'again' } as const;
const balanced = { sampler: { kind: 'class-aware', perClass: 4 } } as const;

/**
 * Every recipe that needs no other representation than the plain one; one row a recipe. Heads:
 * Kang et al., ICLR 2020 (cRT, LWS, tau-norm, NCM), Zhong et al., CVPR 2021 (MiSLAS' second stage),
 * the others retrain a head with the loss, weights or sampler that carry their name.
 */
export const sweepRecipes: readonly SweepRecipe[] = [
  { id: 'plain', head: null },
  { id: 'logit-adjustment', head: null, posthoc: { kind: 'logit-adjustment', tau: 1 } },
  { id: 'logit-adjustment-auto', head: null, posthoc: { kind: 'logit-adjustment', tau: 'auto' } },
  { id: 'tau-norm', head: null, posthoc: { kind: 'tau-norm', tau: 1 } },
  { id: 'tau-norm-auto', head: null, posthoc: { kind: 'tau-norm', tau: 'auto' } },
  { id: 'nearest-mean', head: null, posthoc: { kind: 'nearest-mean', variant: 'cosine' } },
  { id: 'nearest-mean-cl2n', head: null, posthoc: { kind: 'nearest-mean', variant: 'cl2n-cos' } },
  { id: 'thresholds', head: null, posthoc: { kind: 'thresholds', metric: 'f1' }, binary: true },
  { id: 'crt', head: { ...again, ...balanced } },
  {
    id: 'crt-logit-adjusted',
    head: { ...again, ...balanced, loss: { kind: 'logit-adjusted', tau: 1 } },
  },
  { id: 'balanced-softmax', head: { ...again, loss: { kind: 'balanced-softmax' } } },
  { id: 'lws', head: { trainable: 'scale', ...balanced } },
  {
    id: 'mislas',
    head: {
      trainable: 'classifier-and-scale',
      ...balanced,
      loss: { kind: 'label-aware-smoothing', head: 0.3, tail: 0, shape: 'concave' },
    },
  },
  {
    id: 'class-balanced-weights',
    head: {
      ...again,
      weights: {
        kind: 'effective-number',
        beta: 0.9999,
        normalisation: 'class-mean',
        reduction: 'weighted-mean',
      },
    },
  },
  { id: 'focal', head: { ...again, loss: { kind: 'focal', gamma: 2 } } },
  { id: 'square-root', head: { ...again, sampler: { kind: 'square-root' } } },
  {
    id: 'ldam',
    head: {
      ...again,
      classifier: { kind: 'cosine', scale: 30 },
      loss: { kind: 'ldam', maxMargin: 0.5 },
    },
  },
];

/** Epochs of a head where the config has no head of its own to take them from. */
const headEpochs = 10;

/** The plain stages that learn features: those that train the whole network, before any other. */
const featureStages = ({ stages }: RebalanceConfig): readonly StageConfig[] => {
  const end = stages.findIndex(({ trainable }) => trainable !== 'all');
  return end === -1 ? stages : stages.slice(0, end);
};

/** The config of the representation itself: its stages, not corrected, with another seed. */
export const representationConfig = (config: RebalanceConfig, seed: number): RebalanceConfig => ({
  ...config,
  seed,
  stages: [...featureStages(config)],
  posthoc: { kind: 'none' },
});

/**
 * A recipe as a config: the stages of `representation`, then the head on its features. Epochs and
 * optimizer of the head are those of the config's own head stage; else ten epochs with the
 * optimizer of its last stage, a cosine schedule and no warm-up.
 */
export const recipeConfig = (
  config: RebalanceConfig,
  representation: RebalanceConfig,
  recipe: SweepRecipe,
): RebalanceConfig => {
  const own = config.stages.find(({ trainable }) => trainable !== 'all');
  const last = own ?? config.stages.at(-1);
  const posthoc = recipe.posthoc ?? { kind: 'none' };
  if (recipe.head === null || last === undefined) return { ...representation, posthoc };
  const head: StageConfig = {
    name: 'head',
    epochs: own?.epochs ?? headEpochs,
    trainable: 'classifier',
    init: 'keep',
    sampler: { kind: 'instance' },
    loss: { kind: 'cross-entropy' },
    optimizer: own?.optimizer ?? { ...last.optimizer, schedule: 'cosine', warmupEpochs: 0 },
    ...recipe.head,
  };
  return { ...representation, stages: [...representation.stages, head], posthoc };
};
