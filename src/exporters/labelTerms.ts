import type { ExportJob } from './types';

/** What the loss of items with any number of labels is made of; one term for each label. */
export interface LabelTerms {
  /** Times log(n_j / (N - n_j)) is added to the logits; 0 for nothing. */
  readonly shift: number;
  /** Labels an item has weigh (N - n_j) / n_j, at most this; null for 1. */
  readonly positiveCap: number | null;
  /** Labels an item has weigh this, the others 1 - this; null for 1. */
  readonly alpha: number | null;
  /** γ of a focal loss, 0 for none. */
  readonly gamma: number;
  readonly asymmetric: {
    readonly gammaPositive: number;
    readonly gammaNegative: number;
    readonly clip: number;
  } | null;
  readonly balanced: {
    readonly negativeScale: number;
    readonly weightFloor: number;
    readonly weightSlope: number;
    readonly weightCentre: number;
  } | null;
}

const plain: LabelTerms = {
  shift: 0,
  positiveCap: null,
  alpha: null,
  gamma: 0,
  asymmetric: null,
  balanced: null,
};

/** Whether items have any number of labels: their code is another. */
export const hasLabelSets = ({ origin }: ExportJob): boolean => origin.task === 'multi-label';

/** The job of what is exported: its last stage alone where items have any number of labels. */
export const labelStage = (job: ExportJob): ExportJob =>
  hasLabelSets(job) ? { ...job, stages: [job.stage] } : job;

/**
 * The terms of the last stage's loss; plain binary cross-entropy for one that is not of several
 * labels, which `leftOut` reports.
 */
export const labelTerms = ({ stage }: ExportJob): LabelTerms => {
  const { config } = stage.loss;
  switch (config.kind) {
    case 'sigmoid':
      return { ...plain, positiveCap: config.positiveCap ?? null };
    case 'sigmoid-focal':
      return { ...plain, gamma: config.gamma, alpha: config.alpha ?? null };
    case 'adjusted-sigmoid':
      return { ...plain, shift: config.tau };
    case 'asymmetric':
      return { ...plain, asymmetric: config };
    case 'distribution-balanced':
      return {
        ...plain,
        shift: config.biasScale / config.negativeScale,
        gamma: config.gamma,
        balanced: config,
      };
    default:
      return plain;
  }
};
