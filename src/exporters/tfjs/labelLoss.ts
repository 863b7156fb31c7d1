import { labelTerms, type LabelTerms } from '../labelTerms';
import { when } from '../pythonLoss';
import type { ExportJob } from '../types';
import { jsNumber } from './parts';

/** Constants of the loss by label, as arrays in the order of the user's labels. */
const constants = ({ shift, positiveCap, balanced }: LabelTerms): readonly string[] => [
  ...when(
    shift !== 0,
    '// log(n / (N - n)): Menon et al., ICLR 2021; a label that none or all have is masked.',
    'const shift = counts.map((n) =>',
    `  n > 0 && n < SAMPLES ? ${jsNumber(shift)} * Math.log(n / (SAMPLES - n)) : n > 0 ? 1e9 : -1e9,`,
    ');',
  ),
  ...(positiveCap === null
    ? []
    : [
        `// What a label weighs that a sample has: (N - n) / n, at most ${jsNumber(positiveCap)}.`,
        `const positive = counts.map((n) => (n > 0 ? Math.min(${jsNumber(positiveCap)}, (SAMPLES - n) / n) : ${jsNumber(positiveCap)}));`,
      ]),
  ...when(balanced !== null, 'const rarity = counts.map((n) => (n > 0 ? 1 / n : 1e9));'),
];

const body = (terms: LabelTerms): readonly string[] => {
  const { shift, positiveCap, alpha, gamma, asymmetric, balanced } = terms;
  return [
    'if (yPred.shape.at(-1) !== counts.length || yTrue.shape.at(-1) !== counts.length)',
    '  throw new Error(',
    "    yPred.shape.at(-1) + ' logits and ' + yTrue.shape.at(-1) + ' targets for ' +",
    "      counts.length + ' classes',",
    '  );',
    "let logits = tf.cast(yPred, 'float32');",
    "const targets = tf.cast(yTrue, 'float32');",
    "const kept = tf.cast(tf.notEqual(targets, ignoreLabel), 'float32');",
    "const has = tf.mul(kept, tf.cast(tf.greater(targets, 0.5), 'float32'));",
    'const hasNot = tf.sub(1, has);',
    ...when(shift !== 0, 'logits = tf.add(logits, tf.tensor1d(shift));'),
    '// The logit of the right answer.',
    balanced === null
      ? 'const right = tf.mul(logits, tf.sub(has, hasNot));'
      : `const right = tf.mul(logits, tf.sub(has, tf.mul(hasNot, ${jsNumber(balanced.negativeScale)})));`,
    'let losses = softplus(tf.neg(right));',
    ...(asymmetric === null
      ? []
      : [
          '// Ben-Baruch et al., ICCV 2021, equation 7; no gradient goes through the factors.',
          ...when(
            asymmetric.clip > 0,
            `const less = tf.minimum(tf.add(tf.sigmoid(right), ${jsNumber(asymmetric.clip)}), 1);`,
            'losses = tf.add(tf.mul(has, losses), tf.mul(hasNot, tf.neg(tf.log(less))));',
          ),
          'const focus = stopped((z) => {',
          '  const wrong = tf.sigmoid(tf.neg(z));',
          '  return tf.add(',
          `    tf.mul(has, tf.pow(wrong, ${jsNumber(asymmetric.gammaPositive)})),`,
          `    tf.mul(hasNot, tf.pow(tf.relu(tf.sub(wrong, ${jsNumber(asymmetric.clip)})), ${jsNumber(asymmetric.gammaNegative)})),`,
          '  );',
          '});',
          'losses = tf.mul(focus(right), losses);',
        ]),
    ...when(
      gamma > 0,
      '// Easy labels count less, (1 - p)^gamma. Lin et al., ICCV 2017, equation 5.',
      `losses = tf.mul(tf.exp(tf.mul(${jsNumber(-gamma)}, softplus(right))), losses);`,
    ),
    ...when(
      positiveCap !== null,
      'losses = tf.mul(tf.add(tf.mul(has, tf.tensor1d(positive)), hasNot), losses);',
    ),
    ...(alpha === null
      ? []
      : [
          `losses = tf.mul(tf.add(tf.mul(has, ${jsNumber(alpha)}), tf.mul(hasNot, ${jsNumber(1 - alpha)})), losses);`,
        ]),
    ...(balanced === null
      ? []
      : [
          '// Weights by the share of the rarity of all labels of the sample. Wu et al., ECCV 2020.',
          'const rare = tf.tensor1d(rarity);',
          'const share = tf.div(rare, tf.sum(tf.mul(rare, has), -1, true));',
          `const slope = tf.mul(${jsNumber(balanced.weightSlope)}, tf.sub(share, ${jsNumber(balanced.weightCentre)}));`,
          `const weight = tf.mul(2, tf.add(${jsNumber(balanced.weightFloor)}, tf.sigmoid(slope)));`,
          `const side = tf.add(has, tf.div(hasNot, ${jsNumber(balanced.negativeScale)}));`,
          'losses = tf.mul(tf.mul(side, weight), losses);',
        ]),
    'losses = tf.sum(tf.mul(losses, kept), -1);',
    "if (reduction === 'none') return losses;",
    'const counted = tf.sum(tf.max(kept, -1));',
    'return tf.div(tf.sum(losses), tf.maximum(counted, 1));',
  ];
};

const start = ({ config: { model } }: ExportJob): string =>
  'biasInit' in model && model.biasInit === 'prior'
    ? `
/** Where the bias of the last dense layer starts: the log-odds of each label, for setWeights. */
export const startBias = (classNames) =>
  inOrder(COUNTS, classNames).map((count) => {
    const n = Math.min(SAMPLES - 0.5, Math.max(0.5, count));
    return Math.log(n / (SAMPLES - n));
  });
`
    : '';

const indented = (lines: readonly string[], indent: string): string =>
  lines.map((line) => `${indent}${line}`).join('\n');

/** `makeLoss` for items with any number of labels, on logits of any rank. */
export const labelLossCode = (job: ExportJob): string => {
  const terms = labelTerms(job);
  return `
/** log(1 + exp(z)) that neither overflows nor loses its gradient. */
const softplus = (z) => tf.add(tf.relu(z), tf.log1p(tf.exp(tf.neg(tf.abs(z)))));
${
  terms.asymmetric === null
    ? ''
    : `
/** A function through which no gradient goes. */
const stopped = (f) =>
  tf.customGrad((z) => ({ value: f(z), gradFunc: (dy) => tf.zerosLike(dy) }));
`
}
/**
 * Binary cross-entropy of every label for model.compile({ loss }), summed over the labels, the mean
 * over the samples: logits [..., C], the model must not end in sigmoid; targets [..., C] of 0 and 1.
 * Those that are ignoreLabel count for nothing. Predict with sigmoids, and choose a threshold for
 * each label on validation data.
 */
export const makeLoss = (classNames, { ignoreLabel = -1, reduction = 'mean' } = {}) => {
  const counts = inOrder(COUNTS, classNames);
${indented(constants(terms), '  ')}
  return (yTrue, yPred) =>
    tf.tidy(() => {
${indented(body(terms), '      ')}
    });
};
${start(job)}`;
};
