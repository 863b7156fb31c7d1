import type { Task } from '../dataset/types';

/** A method somebody may ask for, recommended or not. */
export interface Method {
  /** As in configs and docs/methods.md; a rule's own id where a rule recommends it. */
  readonly id: string;
  /** Tasks it is defined for; every one where absent. */
  readonly tasks?: readonly Task[];
  /** Mixes or copies pictures, or needs them. */
  readonly pictures?: true;
  /** The same as another of this list, under another name. */
  readonly sameAs?: string;
  /** Needs the network or its features, not only its outputs. */
  readonly needsNetwork?: true;
  /** Trains the whole network once more. */
  readonly trains?: true;
  /** Turns rare classes up strongly, and wrong labels with them. */
  readonly strong?: true;
}

const one: readonly Task[] = ['single-label'];
const several: readonly Task[] = ['multi-label'];
const objects: readonly Task[] = ['detection', 'segmentation'];

const train = { tasks: one, trains: true } as const;
const strong = { ...train, strong: true } as const;
const pictures = { ...train, pictures: true } as const;

/** Every method the trainer knows and every rule. A test holds it to the tables of both. */
export const catalogue: readonly Method[] = [
  // Losses
  { id: 'logit-adjusted-loss', ...strong },
  { id: 'balanced-softmax', ...strong, sameAs: 'logit-adjusted-loss' },
  { id: 'focal', ...train },
  { id: 'class-balanced-focal', ...strong },
  { id: 'sigmoid', ...train },
  { id: 'sigmoid-focal', ...train },
  { id: 'ldam', ...train },
  { id: 'vector-scaling', ...strong },
  { id: 'class-temperature', ...strong },
  { id: 'label-smoothing', ...train },
  { id: 'label-aware-smoothing', ...train },
  { id: 'asymmetric-loss', tasks: several, trains: true },
  { id: 'distribution-balanced', tasks: several, trains: true },
  { id: 'adjusted-sigmoid', tasks: several, trains: true },
  { id: 'focal-detection', tasks: objects },
  { id: 'hard-examples', ...train },
  { id: 'bias-from-prior', ...train },
  // Samplers
  { id: 'square-root-sampling', ...train },
  { id: 'class-balanced-sampling', ...strong },
  { id: 'class-aware', ...strong },
  { id: 'power', ...train },
  { id: 'reversed', ...strong },
  { id: 'progressive', ...strong },
  { id: 'effective-number-sampling', ...strong },
  { id: 'repeat-factor', trains: true },
  { id: 'over', ...strong },
  { id: 'under', ...strong },
  // Class weights
  { id: 'inverse', ...strong },
  { id: 'balanced', ...strong, sameAs: 'inverse' },
  { id: 'inverse-sqrt', ...train },
  { id: 'min-over-power', ...strong, sameAs: 'inverse' },
  { id: 'general', ...strong },
  { id: 'effective-number', ...strong },
  // Mixing and copies
  { id: 'mixup', ...pictures },
  { id: 'manifold-mixup', ...train },
  { id: 'remix', ...pictures },
  { id: 'tail-augmentation', ...pictures },
  { id: 'smote', tasks: one },
  // Several stages, and whole recipes
  { id: 'decoupled-crt', tasks: one, needsNetwork: true },
  { id: 'lws', tasks: one, needsNetwork: true },
  { id: 'drw', ...strong },
  { id: 'drs', ...strong },
  { id: 'ldam-drw', ...strong },
  { id: 'mislas', ...pictures },
  { id: 'bag-of-tricks', ...pictures },
  { id: 'bbn', ...pictures, strong: true },
  { id: 'expert-ensemble', ...train },
  { id: 'frozen-backbone', tasks: one, pictures: true },
  // After training
  { id: 'logit-adjustment-posthoc', tasks: one },
  { id: 'tau-norm', tasks: one, needsNetwork: true },
  { id: 'nearest-mean', tasks: one, needsNetwork: true },
  { id: 'decision-thresholds' },
  { id: 'calibrate-probabilities', tasks: one },
  // What is done before training, or instead
  { id: 'leave-alone' },
  { id: 'collect-data' },
  { id: 'fix-labels' },
  { id: 'drop-empty-classes' },
  { id: 'calibrated-trees', tasks: one },
  { id: 'per-class-scores', tasks: ['sequence'] },
];

/** Methods under the names that configs have for them, where those differ. */
export const configNames: Readonly<Record<string, string>> = {
  'logit-adjusted': 'logit-adjusted-loss',
  asymmetric: 'asymmetric-loss',
  'square-root': 'square-root-sampling',
  'class-balanced': 'class-balanced-sampling',
  'logit-adjustment': 'logit-adjustment-posthoc',
  thresholds: 'decision-thresholds',
  decoupling: 'decoupled-crt',
};
