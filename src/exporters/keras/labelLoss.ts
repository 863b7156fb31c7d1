import { labelTerms } from '../labelTerms';
import { labelNotes, labelParameters, makeLabelLoss, startLines } from '../pythonLabels';
import { when } from '../pythonLoss';
import type { ExportJob } from '../types';

const lossClass = (job: ExportJob): string => {
  const terms = labelTerms(job);
  const { shift, positiveCap, alpha, gamma, asymmetric, balanced } = terms;
  const parameters = labelParameters(terms);
  const tensor = (name: string): string => `keras.ops.array(self.${name}, "float32")`;
  return [
    '',
    '',
    'class LabelLoss(keras.losses.Loss):',
    '    # Binary cross-entropy of every label, summed over the labels, the mean over the samples: the',
    '    # BinaryCrossentropy of Keras takes the mean over the labels too. Logits and targets [..., C] of',
    '    # any rank: the model must not end in sigmoid. Targets are 0 or 1; those that are ignore_class',
    '    # count for nothing. Predict with sigmoids, and choose a threshold for each label on validation',
    '    # data.',
    ...labelNotes(terms),
    '',
    '    def __init__(',
    '        self,',
    '        classes,',
    ...parameters.map((name) => `        ${name},`),
    '        ignore_class=None,',
    '        **options,',
    '    ):',
    '        super().__init__(**options)',
    '        self.classes, self.ignore_class = classes, ignore_class',
    ...parameters.map((name) => `        self.${name} = ${name}`),
    '',
    '    def call(self, y_true, y_pred):',
    '        logits = keras.ops.cast(y_pred, "float32")',
    '        if logits.shape[-1] != self.classes or y_true.shape[-1] != self.classes:',
    '            raise ValueError(',
    '                f"{logits.shape[-1]} logits and {y_true.shape[-1]} targets for {self.classes} classes"',
    '            )',
    '        targets = keras.ops.cast(y_true, "float32")',
    '        kept = keras.ops.ones_like(targets)',
    '        if self.ignore_class is not None:',
    '            kept = keras.ops.cast(keras.ops.not_equal(targets, self.ignore_class), "float32")',
    '        has = kept * keras.ops.cast(targets > 0.5, "float32")',
    ...when(shift !== 0, `        logits = logits + ${tensor('shift')}`),
    '        # right: the logit of the right answer.',
    balanced === null
      ? '        right = (2 * has - 1) * logits'
      : '        right = (has - (1 - has) * self.negative_scale) * logits',
    '        losses = keras.ops.softplus(-right)',
    ...when(
      asymmetric !== null && asymmetric.clip > 0,
      '        less = keras.ops.minimum(keras.ops.sigmoid(right) + self.clip, 1.0)',
      '        losses = keras.ops.where(has > 0, losses, -keras.ops.log(less))',
    ),
    ...when(
      asymmetric !== null,
      '        wrong = keras.ops.stop_gradient(keras.ops.sigmoid(-right))',
      '        rest = keras.ops.maximum(wrong - self.clip, 0.0)',
      '        focus = keras.ops.where(',
      '            has > 0, wrong**self.gamma_positive, rest**self.gamma_negative',
      '        )',
      '        losses = focus * losses',
    ),
    ...when(
      gamma > 0,
      '        losses = keras.ops.exp(-self.gamma * keras.ops.softplus(right)) * losses',
    ),
    ...when(
      positiveCap !== null,
      `        losses = (1 + has * (${tensor('positive')} - 1)) * losses`,
    ),
    ...when(
      alpha !== null,
      '        losses = (has * self.alpha + (1 - has) * (1 - self.alpha)) * losses',
    ),
    ...when(
      balanced !== null,
      `        rarity = ${tensor('rarity')}`,
      '        share = rarity / keras.ops.sum(rarity * has, axis=-1, keepdims=True)',
      '        weight = keras.ops.sigmoid(self.weight_slope * (share - self.weight_centre))',
      '        weight = 2 * (self.weight_floor + weight)',
      '        losses = (has + (1 - has) / self.negative_scale) * weight * losses',
    ),
    '        losses = keras.ops.sum(losses * kept, axis=-1)',
    '        if self.reduction != "sum_over_batch_size" or self.ignore_class is None:',
    '            return losses',
    '        # Keras divides by the number of all samples; wanted is the mean over those that count.',
    '        share = keras.ops.mean(keras.ops.max(kept, axis=-1))',
    '        return losses / keras.ops.maximum(share, 1e-12)',
    '',
  ].join('\n');
};

/** The loss class of the last stage, and `make_loss`. */
export const labelLossCode = (job: ExportJob): string =>
  makeLabelLoss(job, lossClass(job), 'ignore_class=None, reduction="sum_over_batch_size", name');

/** Where the last bias starts, where the config says so. */
export const labelStartCode = ({ config: { model } }: ExportJob): string =>
  'biasInit' in model && model.biasInit === 'prior'
    ? `

def bias_at_shares(class_mapping):
    # bias_initializer of the last dense layer: the log-odds of each label.
${startLines.join('\n')}
    return lambda shape, dtype=None: keras.ops.array(odds, dtype=dtype)
`
    : '';
