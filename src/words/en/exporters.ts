import type { Template } from '../say';

/** Comments and errors inside generated Python: no line breaks, no double quotes, no braces left over. */
export const exporters: Readonly<Record<string, Template>> = {
  'exporters/task':
    'Code for class weights, samplers and losses is for single-label datasets; this one is {task}.',
  'exporters/too-few-classes':
    'Code for class balance needs two classes with training samples; this dataset has {classes}.',

  'exporters/title-pytorch': 'PyTorch',
  'exporters/title-keras': 'Keras 3',
  'exporters/part-class-weights': 'Class weights',
  'exporters/part-sampler': 'Sampler',
  'exporters/part-logit-adjusted-loss': 'Logit-adjusted loss',

  'exporters/py/origin':
    'Class balance for {dataset}: {samples} samples in {classes} classes, split {split}, fingerprint {fingerprint}.',
  'exporters/py/choose-one':
    'Use one of these at a time: weights, sampler and adjusted loss each correct the balance in full.',
  'exporters/py/counts':
    'Training samples by class name. After a hold-out of your own, put its counts here.',
  'exporters/py/resolve':
    'Counts in the order of your labels: a dict name to index (dataset.class_to_idx) or a list of names (dataset.class_names).',
  'exporters/py/mismatch-names': 'Your class names are not those of COUNTS. Only in your mapping:',
  'exporters/py/mismatch-counts': 'only in COUNTS:',
  'exporters/py/mismatch-index':
    'The class mapping has to use each index from 0 to the number of classes - 1 once; it has:',
  'exporters/py/weights':
    'balanced: N / (C n), the mean over samples is 1. effective: (1 - beta) / (1 - beta^n), Cui et al. 2019, brought to the same mean. A class without samples gets 0.',
  'exporters/py/beta': 'A larger beta is close to 1/n and unstable with many small classes.',
  'exporters/py/scheme': 'scheme is balanced or effective, not:',
  'exporters/py/large-weight':
    'A class weight is over 50: training may become unstable. The logit-adjusted loss needs no weights.',
  'exporters/py/weights-use-torch':
    'CrossEntropyLoss(weight=...) divides by the sum of the weights in the batch.',
  'exporters/py/weights-use-keras':
    'For model.fit(class_weight=...): labels as integers or one-hot, one output.',
  'exporters/py/sampler':
    'Draws class j with probability n^power: 1 is plain sampling, 0.5 square-root, 0 class-balanced. Counts are taken from the labels given, so it fits a subset too.',
  'exporters/py/sampler-large':
    'torch.multinomial takes at most 2^24 entries, and this dataset has more: draw the class first, then a sample of it.',
  'exporters/py/sampler-labels': 'A label lies outside the class mapping:',
  'exporters/py/sampler-more':
    'There are more labels than COUNTS has samples of these classes; check that labels and class mapping belong together:',
  'exporters/py/sampler-multi':
    'Labels with several classes a sample cannot be balanced by class; use repeat factors.',
  'exporters/py/loss':
    'Cross-entropy of logits + tau * log(class share), Menon et al. 2021. Predict with the plain logits. Keep plain sampling and no class weights.',
  'exporters/py/loss-shape-torch':
    'logits [N, C, ...] and labels [N, ...] as in cross_entropy; class_dim=-1 for logits [..., C].',
  'exporters/py/loss-shape-keras':
    'Logits [..., C]; labels as integers [...] or one-hot [..., C]. The model must not end in softmax.',
  'exporters/py/loss-classes': 'The number of logits and of classes in COUNTS differ:',
  'exporters/py/empty-class':
    'An empty class is masked: a finite number, so that no gradient becomes NaN.',
  'exporters/py/use': 'Use:',
};
