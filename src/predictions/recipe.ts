import type { Message } from '../common/errors';
import { confusionMatrix } from '../methods/metrics';
import type { ThresholdRule } from '../methods/posthoc';
import type { Band } from '../profile/types';
import type { CorrectionKind, ModelOutputs, Tried } from './types';

/** What the recipes work with. Priors are by position; the target's log is 0 where it is uniform. */
export interface Setting {
  readonly outputs: ModelOutputs;
  /** Items to choose on, where they are others than those reported on. */
  readonly select: ModelOutputs | null;
  readonly trainCounts: readonly number[];
  readonly assignment: readonly Band[];
  readonly logPriors: { readonly trained: Float64Array; readonly target: Float64Array };
  /** The target's shares [C] where it is not uniform. */
  readonly shares: Float64Array | null;
  readonly tau: number | 'auto';
  readonly rule: ThresholdRule | null;
  readonly seed: number;
}

/** A way to correct, with scores that no item's own label has bent. */
export interface Recipe {
  readonly kind: CorrectionKind;
  readonly tau: number | null;
  readonly title: Message;
  readonly how: Tried['how'];
  /** Scores [items][C], cross-fitted where the recipe was chosen on these very items. */
  readonly honest: Float64Array;
  readonly logits: () => Float64Array;
  readonly offsets: Float64Array | null;
  readonly threshold?: { readonly positive: 0 | 1; readonly value: number };
  readonly notes?: readonly Message[];
}

/** The title of a recipe, a code with its numbers. */
export const titled = (code: string, params: Message['params'] = {}): Message => ({
  code: `posthoc/recipe/${code}`,
  params,
});

/** Items of every class [C]. */
export const supportOf = ({ labels, classNames }: ModelOutputs): Float64Array =>
  confusionMatrix(labels, labels, classNames.length).support;

/** Items of the class, among those with training items, that has fewest of them. */
export const fewest = (setting: Setting, of: ModelOutputs): number =>
  supportOf(of).reduce(
    (least, n, j) => ((setting.trainCounts[j] ?? 0) > 0 ? Math.min(least, n) : least),
    Infinity,
  );
