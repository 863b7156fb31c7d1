import { comment, message, weightList } from '../python';
import type { SnippetCounts, SnippetExporter } from './types';

const classWeights = (counts: SnippetCounts): string => `
${weightList(counts)}

def class_weights(class_mapping, **options):
${comment('weights-use-keras', {}, '    ')}
    return dict(enumerate(weight_list(class_mapping, **options)))


${comment('use')}
# model.fit(train_data, class_weight=class_weights(train_data.class_names))
`;

const sampler = `

def epoch_indices(labels, class_mapping, power=0.0, size=None, seed=0):
${comment('sampler', {}, '    ')}
    counts = np.asarray(counts_by_index(class_mapping))
    labels = np.asarray(labels)
    if labels.ndim == 2 and labels.shape[1] > 1:
        if np.any(np.count_nonzero(labels, axis=1) != 1):
            raise ValueError(
${message('sampler-multi', '                ')}
            )
        labels = labels.argmax(axis=1)
    labels = labels.reshape(-1).astype(np.int64)
    outside = labels[(labels < 0) | (labels >= len(counts))]
    if len(outside) > 0:
        raise ValueError(
${message('sampler-labels', '            ', '{int(outside[0])}')}
        )
    own = np.bincount(labels, minlength=len(counts))
    more = np.flatnonzero(own > counts).tolist()
    if more:
        warnings.warn(
${message('sampler-more', '            ', '{more}')}
        )
    share = np.where(own > 0, np.maximum(own, 1.0) ** power, 0.0)
    random = np.random.default_rng(seed)
    drawn = random.choice(len(own), size=size or len(labels), p=share / share.sum())
    order = np.argsort(labels, kind="stable")
    start = np.cumsum(own) - own
    return order[start[drawn] + random.integers(0, own[drawn])]


class BalancedBatches(keras.utils.PyDataset):
    def __init__(self, x, y, class_mapping, batch_size=128, power=0.0, seed=0, **options):
        super().__init__(**options)
        self.x, self.y, self.class_mapping = x, y, class_mapping
        self.batch_size, self.power, self.seed, self.epoch = batch_size, power, seed, -1
        self.on_epoch_end()

    def on_epoch_end(self):
        self.epoch += 1
        self.indices = epoch_indices(
            self.y, self.class_mapping, power=self.power, seed=[self.seed, self.epoch]
        )

    def __len__(self):
        return -(-len(self.indices) // self.batch_size)

    def __getitem__(self, batch):
        at = self.indices[batch * self.batch_size : (batch + 1) * self.batch_size]
        return self.x[at], self.y[at]


${comment('use')}
# model.fit(BalancedBatches(x_train, y_train, class_names), epochs=20)
`;

const logitAdjustedLoss = `

class LogitAdjustedLoss(keras.losses.Loss):
${comment('loss', {}, '    ')}
${comment('loss-shape-keras', {}, '    ')}

    def __init__(self, class_mapping, tau=1.0, ignore_class=None, **options):
        super().__init__(**options)
        counts = counts_by_index(class_mapping)
${comment('empty-class', {}, '        ')}
        self.shift = [tau * math.log(n / sum(counts)) if n > 0 else -1e4 for n in counts]
        self.ignore_class = ignore_class

    def call(self, y_true, y_pred):
        logits = keras.ops.cast(y_pred, "float32")
        if logits.shape[-1] != len(self.shift):
            raise ValueError(
${message('loss-classes', '                ', '{logits.shape[-1]}, {len(self.shift)}')}
            )
        scores = keras.ops.log_softmax(logits + keras.ops.array(self.shift, "float32"), axis=-1)
        if len(y_true.shape) == len(logits.shape) and y_true.shape[-1] == logits.shape[-1]:
            return -keras.ops.sum(keras.ops.cast(y_true, "float32") * scores, axis=-1)
        labels = keras.ops.cast(y_true, "int32")
        if len(labels.shape) == len(logits.shape):
            labels = keras.ops.squeeze(labels, axis=-1)
        if self.ignore_class is None:
            return -keras.ops.take_along_axis(scores, labels[..., None], axis=-1)[..., 0]
        kept = keras.ops.not_equal(labels, self.ignore_class)
        labels = keras.ops.where(kept, labels, 0)
        losses = -keras.ops.take_along_axis(scores, labels[..., None], axis=-1)[..., 0]
        kept = keras.ops.cast(kept, "float32")
        return losses * kept / keras.ops.maximum(keras.ops.mean(kept), 1e-7)


${comment('use')}
# model.compile(optimizer="sgd", loss=LogitAdjustedLoss(train_data.class_names))
`;

/** Class weights, a sampler and the logit-adjusted loss for Keras 3, on any of its backends. */
export const keras: SnippetExporter = {
  framework: 'keras',
  extension: '.py',
  imports: {
    'class-weights': ['import math', 'import warnings'],
    sampler: ['import warnings', '', 'import keras', 'import numpy as np'],
    'logit-adjusted-loss': ['import math', '', 'import keras'],
  },
  part: (part, counts) => {
    switch (part) {
      case 'class-weights':
        return classWeights(counts);
      case 'sampler':
        return sampler;
      case 'logit-adjusted-loss':
        return logitAdjustedLoss;
    }
  },
};
