import type { Template } from '../say';

/** What goes wrong in frameworks, and what to do instead. */
export const defects: Readonly<Record<string, Template>> = {
  'defect/multinomial-limit':
    'WeightedRandomSampler draws with torch.multinomial, which refuses more than 2^24 entries.',
  'defect/multinomial-limit/instead':
    'Draw the class first, then a sample of it; “longtail export --to pytorch” writes that sampler where there are more samples.',
  'defect/weighted-sampler-distributed':
    'WeightedRandomSampler has no form for several processes: each would draw the same samples.',
  'defect/weighted-sampler-distributed/instead':
    'Prefer the logit-adjusted loss, which needs no sampler; else seed a sampler per rank and give each its share of the draws.',
  'defect/sampler-subset':
    'ImbalancedDatasetSampler takes the labels of the whole dataset for those of a Subset.',
  'defect/sampler-subset/instead':
    'Use a sampler that is given the labels it draws from, as the exported one is.',
  'defect/sampler-one-label': 'ImbalancedDatasetSampler knows one label a sample.',
  'defect/sampler-one-label/instead': 'For several labels use repeat factors.',
  'defect/class-weight-shapes':
    'class_weight is refused for targets with more than two dimensions and for several outputs.',
  'defect/class-weight-shapes/instead':
    'Put weights into the loss, or use the exported logit-adjusted loss, which takes any shape.',
  'defect/class-weight-dataset':
    'class_weight was ignored without a word when fit was given a tf.data.Dataset.',
  'defect/class-weight-dataset/instead':
    'Use a later version, or hand over sample weights with the dataset.',
  'defect/class-weight-keys':
    'Keys of class_weight that are no class index are ignored without a word.',
  'defect/class-weight-keys/instead':
    'Make the keys from your own class mapping; the exported function refuses names that do not match.',
  'defect/tfjs-weights':
    'fit throws on sampleWeight, and on a batch with a class that classWeight lacks.',
  'defect/tfjs-weights/instead': 'Give every class a weight, or write the weights into the loss.',
  'defect/tfjs-multi-hot':
    'classWeight takes the largest entry of a target row for its class, so a sample with several labels is weighted by one.',
  'defect/tfjs-multi-hot/instead': 'For several labels write the weights into the loss.',
  'defect/trainer-weights': 'Trainer has no option for class weights or another loss.',
  'defect/trainer-weights/instead':
    'Pass compute_loss_func, or override compute_loss, with the exported logit-adjusted loss.',
  'defect/repeat-factor-root':
    'Older versions always took the square root of threshold / frequency in repeat factors, too weak for some; a switch was added.',
  'defect/repeat-factor-root/instead':
    'Look at the mean and largest factor in the profile before choosing the threshold.',
  'defect/detector-class-weights': 'There is no option for weights of classes in the heads.',
  'defect/detector-class-weights/instead':
    'Use RepeatFactorTrainingSampler with the threshold below, or a loss of your own in the head.',
  'defect/shifted-indices':
    'ClassBalancedDataset shifted the indices behind an image without objects, so other images were repeated (LVIS box AP 0.216 with, 0.230 without the defect).',
  'defect/shifted-indices/instead':
    'Use a later MMEngine, or leave out images without objects (filter_empty_gt).',
  'defect/repeats-rounded-up':
    'ClassBalancedDataset rounds every repeat factor up: 1.01 shows an image twice, where Detectron2 rounds at random.',
  'defect/repeats-rounded-up/instead':
    'Choose a threshold that few classes lie under; compare the expected length of an epoch.',
  'defect/threshold-does-nothing':
    'The usual oversample_thr of 1e-3 repeats nothing where every class is in more than one image of a thousand.',
  'defect/threshold-does-nothing/instead': 'Take the t that is chosen from these counts.',
  'defect/no-class-weights': 'There was no way to weight classes in training.',
  'defect/no-class-weights/instead':
    'Later releases have cls_pw, a power of the inverse frequency; before, repeat rare images in the training list.',
  'defect/image-weights-one-gpu': '--image-weights of YOLOv5 works on one GPU only.',
  'defect/image-weights-one-gpu/instead': 'Repeat rare images in the training list.',
  'defect/resampling-one-label': 'Samplers take one label a sample.',
  'defect/resampling-one-label/instead': 'For several labels use repeat factors.',
  'defect/batches-in-memory': 'Balanced batch generators want all data in memory.',
  'defect/batches-in-memory/instead':
    'Draw indices by class and read the samples when they are drawn.',
  'defect/zero-loss': 'The multi-label AUC loss gives 0 on targets of several exclusive classes.',
  'defect/zero-loss/instead': 'Use it for labels that do not exclude each other only.',
  'defect/rare-class-in-validation':
    'The split takes the rounded-up 15 % of each class for validation: a class with one sample trains on none.',
  'defect/rare-class-in-validation/instead':
    'Give every class at least two samples, or split before uploading.',

  'defect/unknown-framework': '“{framework}” is no framework known here. There are: {known}.',
  'defect/unknown-framework-near':
    '“{framework}” is no framework known here. Did you mean “{near}”?',
};
