import { posthocTau } from '../pythonPosthoc';
import { when } from '../pythonLoss';
import type { ExportJob } from '../types';
import { jsNumber, mapTable } from './parts';

const tables = (job: ExportJob): string => {
  const { weights, loss } = job.stage;
  return [
    weights.values === null
      ? ''
      : `\n// Class weights: ${weights.kind}.\n${mapTable('CLASS_WEIGHTS', job, weights.values)}\n`,
    loss.config.kind === 'label-aware-smoothing' && loss.smoothing !== null
      ? `\n// Share of the target given to all classes, by class of the label. Zhong et al., CVPR 2021.\n${mapTable('SMOOTHING', job, loss.smoothing)}\n`
      : '',
  ].join('');
};

/** Constants of the loss by class, as arrays in the order of the user's labels. */
const constants = ({ stage }: ExportJob): readonly string[] => {
  const { loss, weights, cosineScale } = stage;
  const { config } = loss;
  const gamma = 'gamma' in config ? config.gamma : 0;
  return [
    ...when(
      loss.offsets !== null,
      '// tau * log(n / N): Menon et al., ICLR 2021; an empty class is masked by a finite number.',
      'const total = counts.reduce((sum, n) => sum + n, 0);',
      `const shift = counts.map((n) => (n > 0 ? ${jsNumber(loss.tau)} * Math.log(n / total) : -1e9));`,
    ),
    ...when(
      loss.temperatures !== null,
      '// (n_max / n)^gamma: Ye et al., 2020; Kini et al., NeurIPS 2021.',
      'const most = counts.reduce((a, b) => Math.max(a, b), 0);',
      `const temperature = counts.map((n) => (n > 0 ? (most / n) ** ${jsNumber(gamma)} : 1));`,
    ),
    ...(config.kind === 'ldam'
      ? [
          '// Cao et al., NeurIPS 2019, equation 12.',
          'const least = counts.reduce((a, b) => (b > 0 ? Math.min(a, b) : a), Infinity);',
          `const margin = counts.map((n) => (n > 0 ? ${jsNumber((cosineScale ?? 1) * config.maxMargin)} * (least / n) ** 0.25 : 0));`,
        ]
      : []),
    ...(config.kind === 'label-smoothing'
      ? [`const smoothing = counts.map(() => ${jsNumber(config.epsilon)});`]
      : when(loss.smoothing !== null, 'const smoothing = inOrder(SMOOTHING, classNames);')),
    ...when(weights.values !== null, 'const weight = inOrder(CLASS_WEIGHTS, classNames);'),
  ];
};

const body = ({ stage }: ExportJob): readonly string[] => {
  const { loss, weights, switchAt } = stage;
  const deferred = switchAt > 0 && weights.values !== null;
  return [
    'if (yPred.shape.at(-1) !== counts.length)',
    "  throw new Error(yPred.shape.at(-1) + ' logits for ' + counts.length + ' classes');",
    'let logits = tf.cast(yPred, "float32");'.replaceAll('"', "'"),
    'const oneHot = yTrue.rank === logits.rank && yTrue.shape.at(-1) === counts.length;',
    "const labels = oneHot ? null : tf.cast(tf.reshape(yTrue, logits.shape.slice(0, -1)), 'int32');",
    "const kept = tf.cast(oneHot ? tf.onesLike(tf.sum(yTrue, -1)) : tf.notEqual(labels, ignoreLabel), 'float32');",
    'const target = oneHot',
    "  ? tf.cast(yTrue, 'float32')",
    "  : tf.cast(tf.oneHot(tf.mul(labels, tf.cast(kept, 'int32')), counts.length), 'float32');",
    ...when(loss.temperatures !== null, 'logits = tf.div(logits, tf.tensor1d(temperature));'),
    ...when(loss.offsets !== null, 'logits = tf.add(logits, tf.tensor1d(shift));'),
    ...when(loss.margins !== null, 'logits = tf.sub(logits, tf.mul(target, tf.tensor1d(margin)));'),
    'const scores = tf.sub(logits, tf.logSumExp(logits, -1, true));',
    'let losses = tf.neg(tf.sum(tf.mul(target, scores), -1));',
    ...when(
      loss.smoothing !== null,
      'const share = tf.sum(tf.mul(target, tf.tensor1d(smoothing)), -1);',
      'losses = tf.sub(',
      '  tf.mul(tf.sub(1, share), losses),',
      '  tf.mul(share, tf.mean(scores, -1)),',
      ');',
    ),
    ...when(
      loss.focus > 0,
      '// Easy samples count less, (1 - p)^gamma. Lin et al., ICCV 2017.',
      'const others = tf.logSumExp(tf.sub(logits, tf.mul(1e9, target)), -1);',
      `const rest = tf.mul(${jsNumber(loss.focus)}, tf.sub(others, tf.logSumExp(logits, -1)));`,
      'losses = tf.mul(tf.exp(rest), losses);',
    ),
    weights.values === null
      ? 'const weights = kept;'
      : `const weights = ${deferred ? `epoch < ${switchAt} ? kept : ` : ''}tf.mul(kept, tf.sum(tf.mul(target, tf.tensor1d(weight)), -1));`,
    'losses = tf.mul(losses, weights);',
    "if (reduction === 'none') return losses;",
    `return tf.div(tf.sum(losses), tf.maximum(tf.sum(${weights.reduction === 'weightedMean' ? 'weights' : 'kept'}), 1e-12));`,
  ];
};

const posthoc = (job: ExportJob): string => {
  const tau = posthocTau(job);
  if (tau === null) return '';
  const uniform = job.config.goal.prior === 'uniform';
  return `
// Class shares that the softmax of the trained model carries.
${mapTable('TRAINED_SHARES', job, job.trainedPrior)}
${uniform ? '' : `\n// Class shares it will meet.\n${mapTable('TARGET_SHARES', job, job.targetPrior)}\n`}
/**
 * For predicting only: logits [..., C] of a model trained as this file says. A class without training
 * samples is never predicted. Menon et al., ICLR 2021, equation 9.
 */
export const correctLogits = (logits, classNames, tau = ${jsNumber(tau)}) =>
  tf.tidy(() => {
    const trained = inOrder(TRAINED_SHARES, classNames);
${uniform ? '' : '    const target = inOrder(TARGET_SHARES, classNames);\n'}    const offsets = trained.map((p${uniform ? '' : ', j'}) =>
      ${uniform ? 'p > 0 ? -tau * Math.log(p) : -Infinity' : 'p > 0 && target[j] > 0 ? Math.log(target[j]) - tau * Math.log(p) : -Infinity'},
    );
    return tf.add(logits, tf.tensor1d(offsets));
  });
`;
};

/** `makeLoss`, on logits of any rank; `correctLogits` where the config corrects after training. */
export const lossCode = (job: ExportJob): string => {
  const { weights, switchAt } = job.stage;
  const deferred = switchAt > 0 && weights.values !== null;
  const indented = (lines: readonly string[], indent: string): string =>
    lines.map((line) => `${indent}${line}`).join('\n');
  return `${tables(job)}
/**
 * Softmax cross-entropy for model.compile({ loss }): logits [..., C], the model must not end in
 * softmax; labels are integers [...] or [..., 1], or one-hot [..., C]. Labels that are ignoreLabel
 * count for nothing.${deferred ? ' Call loss.setEpoch(epoch): weights are in force from a later epoch on.' : ''} Do not
 * give classWeight to fit as well.
 */
export const makeLoss = (classNames, { ignoreLabel = -1, reduction = 'mean' } = {}) => {
  const counts = inOrder(COUNTS, classNames);
${indented(constants(job), '  ')}
${deferred ? '  let epoch = 0;\n' : ''}  const loss = (yTrue, yPred) =>
    tf.tidy(() => {
${indented(body(job), '      ')}
    });
${deferred ? '  loss.setEpoch = (now) => {\n    epoch = now;\n  };\n' : ''}  return loss;
};
${posthoc(job)}`;
};
