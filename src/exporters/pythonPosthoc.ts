import { classTable, float } from './pythonModule';
import type { ExportJob } from './types';

/** τ of a correction by class shares, 1 where it is to be chosen; null for no such correction. */
export const posthocTau = ({ config }: ExportJob): number | null => {
  const { posthoc } = config;
  if (posthoc.kind !== 'logit-adjustment') return null;
  return posthoc.tau === 'auto' ? 1 : posthoc.tau;
};

/** Whether a config leaves τ to a choice on validation data. */
export const choosesTau = ({ config }: ExportJob): boolean =>
  config.posthoc.kind === 'logit-adjustment' && config.posthoc.tau === 'auto';

/** Python that gives what is added to the logits when predicting, as a list of floats. */
export const posthocOffsets = (job: ExportJob): string => {
  const tau = posthocTau(job);
  if (tau === null) return '';
  const uniform = job.config.goal.prior === 'uniform';
  const target = uniform
    ? ''
    : `\n# Class shares it will meet.\n${classTable('TARGET_SHARES', job, job.targetPrior, float)}\n`;
  const targets = uniform ? '' : '    target = in_order(TARGET_SHARES, class_mapping)\n';
  const sum = uniform
    ? '-tau * math.log(p) if p > 0 else -math.inf for p in trained'
    : 'math.log(q) - tau * math.log(p) if p > 0 and q > 0 else -math.inf\n        for p, q in zip(trained, target)';
  const list = uniform ? `[${sum}]` : `[\n        ${sum}\n    ]`;
  return `
# Class shares that the softmax of the trained model carries.
${classTable('TRAINED_SHARES', job, job.trainedPrior, float)}
${target}

def posthoc_offsets(class_mapping, tau=${float(tau)}):
    # For predicting only: added to the logits of a model trained as this file says. A class without
    # training samples is never predicted. Menon et al., ICLR 2021, equation 9.
    trained = in_order(TRAINED_SHARES, class_mapping)
${targets}    return ${list}
`;
};
