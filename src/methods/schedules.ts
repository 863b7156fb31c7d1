/** What a learning-rate schedule is told. Steps count from 0 over one stage. */
export interface ScheduleTotals {
  readonly totalSteps: number;
  readonly warmupSteps: number;
  /** `step`: first steps with the rate multiplied by `dropTo` once more. */
  readonly dropSteps?: readonly number[];
  readonly dropTo?: number;
}

export type ScheduleKind = 'constant' | 'cosine' | 'step';

const factors: Record<Exclude<ScheduleKind, 'step'>, (progress: number) => number> = {
  constant: () => 1,
  cosine: (progress) => (1 + Math.cos(Math.PI * progress)) / 2,
};

/**
 * Learning rate of one step: linear warm-up to `base` (step s of w gives base (s + 1) / w), then
 * `base`, half a cosine from `base` down to 0 at the end of the stage, or `base` times `dropTo` for
 * every drop passed. Steps past the end give the last value. Loshchilov and Hutter, ICLR 2017 (arXiv 1608.03983), without restarts.
 */
export const learningRate = (
  kind: ScheduleKind,
  base: number,
  step: number,
  totals: ScheduleTotals,
): number => {
  const { totalSteps, warmupSteps } = totals;
  if (step < warmupSteps) return (base * (step + 1)) / warmupSteps;
  if (kind === 'step') {
    const passed = (totals.dropSteps ?? []).filter((first) => step >= first).length;
    return base * (totals.dropTo ?? 0.1) ** passed;
  }
  const span = Math.max(1, totalSteps - warmupSteps);
  return base * factors[kind](Math.min(1, (step - warmupSteps) / span));
};

/** Steps of an epoch: batches that cover `draws` samples, the last one possibly smaller. */
export const stepsPerEpoch = (draws: number, batchSize: number): number =>
  Math.ceil(draws / batchSize);
