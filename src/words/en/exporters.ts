import type { Template } from '../say';

/** Comments and errors inside generated Python: no line breaks, no double quotes, no braces left over. */
export const exporters: Readonly<Record<string, Template>> = {
  'exporters/task':
    'Code for class weights, samplers and losses is for single-label datasets; this one is {task}.',
  'exporters/too-few-classes':
    'Code for class balance needs two classes with training samples; this dataset has {classes}.',

  'exporters/unknown': 'There is no exporter “{id}”. There are: {known}.',
  'exporters/unknown-near':
    'There is no exporter “{id}”. Did you mean “{near}”? There are: {known}.',
  'exporters/task-not-served':
    'The exporter “{id}” has no code for {task} datasets. These have: {fitting}.',

  'exporters/cannot-write': 'Cannot write {path}: {detail}',
  'exporters/config': '{path}, line {line}: {problem}',

  'exporters/left-out-sampler':
    'Stage “{stage}”: {to} gets no sampler “{kind}”, and draws as it always does. It can have: {known}.',
  'exporters/left-out-loss':
    'Stage “{stage}”: {to} gets no loss “{kind}”, and keeps its own. It can have: {known}.',
  'exporters/left-out-weights':
    'Stage “{stage}”: {to} gets no class weights (“{kind}”). The json exporter has their values.',
  'exporters/left-out-deferred':
    'Stage “{stage}”: its sampler and weights come into force at epoch {epoch}, which {to} cannot be told. Train the first {epoch} epochs without what is exported, then go on with it.',
  'exporters/left-out-mixing':
    'Stage “{stage}”: {to} gets no “{kind}”. Mix the batches in your own loop, or leave it out.',
  'exporters/left-out-cosine':
    'Stage “{stage}” has a cosine classifier, which is part of your network: {to} gets none.',
  'exporters/left-out-hard-examples':
    'Stage “{stage}” trains on the hardest items of a batch only; {to} gets no code for it.',
  'exporters/left-out-stages':
    'The config trains in stages ({stages}). {to} gets the last one, “{last}”: train the others first, as the config says, and freeze what it freezes.',
  'exporters/left-out-posthoc':
    '{to} gets no “{kind}” after training. Save the outputs of the model and run “longtail posthoc”, which corrects them and writes code.',
  'exporters/left-out-thresholds-given':
    '{to} gets no thresholds. Predict the class whose probability divided by its threshold (posthoc.at of the config) is the largest; of two classes the one that is not named has the rest to 1.',
  'exporters/left-out-thresholds-given-labels':
    '{to} gets no thresholds. Give a label where its probability reaches its threshold (posthoc.at of the config), one half where none is given.',
  'exporters/left-out-tail-augment':
    '{to} gets no extra augmented copies of rare classes (input.tailAugment).',
  'exporters/left-out-bias-init':
    '{to} gets no code that starts the last bias at the class shares (model.biasInit).',
  'exporters/left-out-classifier':
    'Stage “{stage}” puts a new classifier ({kind}) into the network, which is yours: {to} gets none.',
  'exporters/left-out-bbn': 'The network with two branches (bbn) is not exported to {to}.',

  'exporters/origin':
    'Class balance of {dataset}: {items} training items in {classes} classes, split {split}, fingerprint {fingerprint}.',
  'exporters/stage':
    'Stage {stage}: {epochs} epochs, trains {trainable}; sampler {sampler}; loss {loss}; class weights {weights}.',
  'exporters/stage-from':
    'Sampler and class weights of stage {stage} hold from its epoch {from} on, counted from 0.',
  'exporters/yours': 'Written by Longtail. It needs nothing from there: keep it and change it.',
  'exporters/not-here': 'Not in here: {what}',

  'exporters/title-tfjs': 'TensorFlow.js',
  'exporters/about-tfjs': 'batches and loss on logits as a JavaScript module',

  'exporters/title-detectron2': 'Detectron2',
  'exporters/about-detectron2': 'a trainer that repeats images by their rarest class',
  'exporters/title-mmdetection': 'MMDetection',
  'exporters/about-mmdetection': 'a sampler that repeats images by their rarest class, and configs',
  'exporters/title-mmpretrain': 'MMPretrain',
  'exporters/about-mmpretrain': 'sampler and loss as registered modules, and configs',
  'exporters/title-ultralytics': 'Ultralytics YOLO',
  'exporters/about-ultralytics': 'a trainer that draws images as the config says',
  'exporters/defect': 'Known: {what} {instead} ({versions}; {reference})',
  'exporters/repeat-none': 'The config repeats no image: every factor is 1.',
  'exporters/repeat-rule':
    'Times an image with the class comes in an epoch: max(1, {power}), at most {most}, for f = the share of the {images} images that have the class, and t = {threshold}, {chosen}. Gupta et al., CVPR 2019 (LVIS).',
  'exporters/repeat-median': 'the median of f',
  'exporters/repeat-given': 'as the config says',
  'exporters/title-scikit-learn': 'scikit-learn',
  'exporters/about-scikit-learn':
    'class and sample weights, resampled rows, a stratified split, probabilities for other class shares',
  'exporters/title-imbalanced-learn': 'imbalanced-learn',
  'exporters/about-imbalanced-learn':
    'its random over- and under-sampler with the sizes of the config, batches, class weights',
  'exporters/title-xgboost': 'XGBoost',
  'exporters/about-xgboost': 'sample weights, the loss as an objective, start, probabilities',
  'exporters/title-lightgbm': 'LightGBM',
  'exporters/about-lightgbm': 'sample weights, the loss as an objective, start, probabilities',
  'exporters/one-epoch':
    'Stage “{stage}” changes what it draws from epoch to epoch; what is fitted at once gets the last of its {epochs}.',

  'exporters/title-json': 'JSON and CSV',
  'exporters/about-json': 'counts, priors, class weights, repeat factors and offsets by class name',
  'exporters/title-manifest': 'Resampled list',
  'exporters/about-manifest':
    'the training samples as one epoch draws them, as CSV and list of paths',
  'exporters/manifest-epoch':
    'Stage “{stage}” changes what it draws from epoch to epoch; the list is of the last of {epochs}.',
  'exporters/no-items': 'A list of samples needs the dataset itself, not its profile alone.',
  'exporters/title-features': 'Features',
  'exporters/about-features': 'a script that extracts features with a backbone of your own',
  'exporters/about-keras':
    'sampler, batches, loss and class weights as a module; stages as a script',
  'exporters/title-pytorch': 'PyTorch',
  'exporters/about-pytorch': 'sampler, loss and class weights as a module; stages as a script',
  'exporters/keras-classifier-rate':
    'Stage “{stage}”: Keras has one learning rate, so the classifier trains as fast as the scales, not at {rate} of it.',
  'exporters/keras-batch-norm':
    'Stage “{stage}”: batch-norm statistics are not taken anew before it in Keras.',
  'exporters/title-huggingface': 'Hugging Face Trainer',
  'exporters/about-huggingface':
    'a Trainer with loss, class weights and sampler, by the class names of the model',
  'exporters/huggingface-length':
    'Stage “{stage}” draws epochs of another length from epoch {epoch} on; the Trainer plans its steps by the first epoch, so set max_steps.',
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
