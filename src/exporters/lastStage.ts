import { effectivePrior } from '../methods/priors';
import type { ExportJob, ExportStage } from './types';

/**
 * A job of its last stage alone, in force from the first epoch on: for frameworks that fit once.
 * `keepsLoss` says whether the framework has the stage's loss; without it the softmax carries what
 * sampler and weights make of it.
 */
export const lastStage = (job: ExportJob, keepsLoss: boolean): ExportJob => {
  const { epochs, switchAt, sampler, weights, loss } = job.stage;
  const stage: ExportStage = { ...job.stage, epochs: Math.max(1, epochs - switchAt), switchAt: 0 };
  const counts = job.classes.map(({ count }) => count);
  const trainedPrior = effectivePrior(counts, {
    adjustedTau: keepsLoss ? loss.tau : 0,
    samplingProbabilities: sampler.shares,
    ...(weights.values === null ? {} : { classWeights: weights.values }),
  });
  return { ...job, stages: [stage], stage, trainedPrior };
};
