import { lossNotes, lossParameters, makeLoss, needsOf, type LossNeeds, when } from '../pythonLoss';
import { float } from '../pythonModule';
import type { ExportJob, ExportStage } from '../types';

const lossClass = (needs: LossNeeds): string =>
  [
    '',
    '',
    'class ClassLoss(keras.losses.Loss):',
    '    # Softmax cross-entropy of logits [..., C] of any rank: the model must not end in softmax.',
    '    # Labels are integers [...] (or [..., 1]) or one-hot [..., C], as the sparse and the categorical',
    '    # loss of Keras have them. Integers that are ignore_class count for nothing.',
    ...lossNotes(needs),
    ...when(
      needs.weight,
      '    # weight: class weights; do not give class_weight to fit as well. weighted_mean divides a',
      '    # batch by the sum of its weights, else by the number of labels.',
    ),
    ...when(
      needs.deferred,
      '    # From epoch switch_at on the weights are in force: give loss.callback() to fit.',
    ),
    '',
    '    def __init__(',
    '        self,',
    '        classes,',
    ...lossParameters(needs),
    ...when(needs.weight, '        weight=None,', '        weighted_mean=False,'),
    ...when(needs.deferred, '        switch_at=0,'),
    '        ignore_class=None,',
    '        **options,',
    '    ):',
    '        super().__init__(**options)',
    '        self.classes, self.ignore_class = classes, ignore_class',
    ...(['shift', 'temperature', 'margin', 'smoothing', 'weight'] as const).flatMap((name) =>
      when(needs[name], `        self.${name} = ${name}`),
    ),
    ...when(needs.gamma, '        self.gamma = gamma'),
    ...when(needs.weight, '        self.weighted_mean = weighted_mean'),
    ...when(
      needs.deferred,
      '        self.switch_at = switch_at',
      '        self.in_force = keras.Variable(float(switch_at == 0), trainable=False)',
      '',
      '    def callback(self):',
      '        def switch(epoch, logs=None):',
      '            self.in_force.assign(float(epoch >= self.switch_at))',
      '',
      '        return keras.callbacks.LambdaCallback(on_epoch_begin=switch)',
    ),
    '',
    '    def call(self, y_true, y_pred):',
    '        logits = keras.ops.cast(y_pred, "float32")',
    '        if logits.shape[-1] != self.classes:',
    '            raise ValueError(f"{logits.shape[-1]} logits for {self.classes} classes")',
    '        if len(y_true.shape) == len(logits.shape) and y_true.shape[-1] == self.classes:',
    '            target = keras.ops.cast(y_true, "float32")',
    '            kept = keras.ops.ones_like(logits[..., 0])',
    '        else:',
    '            labels = keras.ops.cast(y_true, "int32")',
    '            if len(labels.shape) == len(logits.shape):',
    '                labels = keras.ops.squeeze(labels, axis=-1)',
    '            kept = keras.ops.ones_like(logits[..., 0])',
    '            if self.ignore_class is not None:',
    '                is_kept = keras.ops.not_equal(labels, self.ignore_class)',
    '                labels = keras.ops.where(is_kept, labels, 0)',
    '                kept = keras.ops.cast(is_kept, "float32")',
    '            target = keras.ops.one_hot(labels, self.classes)',
    ...when(
      needs.temperature,
      '        if self.temperature is not None:',
      '            logits = logits / keras.ops.array(self.temperature, "float32")',
    ),
    ...when(
      needs.shift,
      '        if self.shift is not None:',
      '            logits = logits + keras.ops.array(self.shift, "float32")',
    ),
    ...when(
      needs.margin,
      '        if self.margin is not None:',
      '            logits = logits - target * keras.ops.array(self.margin, "float32")',
    ),
    '        scores = keras.ops.log_softmax(logits, axis=-1)',
    '        losses = -keras.ops.sum(target * scores, axis=-1)',
    ...when(
      needs.smoothing,
      '        if self.smoothing is not None:',
      '            share = keras.ops.sum(target * keras.ops.array(self.smoothing, "float32"), axis=-1)',
      '            losses = (1 - share) * losses - share * keras.ops.mean(scores, axis=-1)',
    ),
    ...when(
      needs.gamma,
      '        if self.gamma > 0:',
      '            others = keras.ops.logsumexp(logits - 1e9 * target, axis=-1)',
      '            rest = others - keras.ops.logsumexp(logits, axis=-1)',
      '            losses = keras.ops.exp(self.gamma * rest) * losses',
    ),
    '        weights = kept',
    ...(needs.weight
      ? [
          '        if self.weight is not None:',
          '            own = keras.ops.sum(target * keras.ops.array(self.weight, "float32"), axis=-1)',
          ...(needs.deferred ? ['            own = 1 + self.in_force * (own - 1)'] : []),
          '            weights = weights * own',
        ]
      : []),
    '        losses = losses * weights',
    '        if self.reduction != "sum_over_batch_size":',
    '            return losses',
    '        # Keras divides by the number of all labels; wanted is the mean over those that count.',
    `        divisor = ${needs.weight ? 'weights if self.weighted_mean else kept' : 'kept'}`,
    '        return losses / keras.ops.maximum(keras.ops.mean(divisor), 1e-12)',
    '',
  ].join('\n');

const cosine = (stages: readonly ExportStage[]): string => {
  const scale = stages.find(({ cosineScale }) => cosineScale !== null)?.cosineScale ?? null;
  return scale === null
    ? ''
    : `

class CosineClassifier(keras.layers.Layer):
    # In place of the last dense layer: scale times the cosine of features and class weights.

    def __init__(self, classes, scale=${float(scale)}, **options):
        super().__init__(**options)
        self.classes, self.scale = classes, scale

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], self.classes), name="kernel")

    def call(self, features):
        features = keras.ops.normalize(features, axis=-1)
        return self.scale * keras.ops.matmul(features, keras.ops.normalize(self.kernel, axis=0))
`;
};

/** The loss class with what these stages need, and `make_loss`. */
export const lossCode = (job: ExportJob): string =>
  makeLoss(
    job,
    lossClass(needsOf(job.stages)) + cosine(job.stages),
    'ignore_class=None, reduction="sum_over_batch_size", name',
  );
