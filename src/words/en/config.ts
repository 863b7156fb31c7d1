import type { Template } from '../say';

export const config: Readonly<Record<string, Template>> = {
  'config/yaml': 'This is not valid YAML: {detail}',
  'config/duplicate-key': 'The same key stands here twice. Keep one of them.',
  'config/not-a-map':
    'A file of keys and values was expected (“version: 1” …); this one holds something else.',
  'config/too-deep': 'This nests deeper than 32 levels, which no file of this kind needs.',
  'config/unknown-key-near': '“{key}” is not a key of {place}. Did you mean “{near}”?',
  'config/unknown-key': '“{key}” is not a key of {place}. Known here: {known}.',
  'config/missing': '“{place}” is missing.',
  'config/choice': '“{place}” is {got}. It takes one of: {choices}.',
  'config/choice-near': '“{place}” is {got}. Did you mean “{near}”? It takes one of: {choices}.',
  'config/type-string':
    '“{place}” is {got}, but has to be text. Put a name that looks like a number in quotes.',
  'config/type-number': '“{place}” is {got}, but has to be a number.',
  'config/type-int': '“{place}” is {got}, but has to be a whole number.',
  'config/type-boolean': '“{place}” is {got}, but has to be true or false.',
  'config/type-array': '“{place}” is {got}, but has to be a list.',
  'config/type-map': '“{place}” is {got}, but has to hold keys and values.',
  'config/too-small': '“{place}” is {got}, but has to be at least {limit}.',
  'config/too-small-strict': '“{place}” is {got}, but has to be more than {limit}.',
  'config/too-big': '“{place}” is {got}, but may be at most {limit}.',
  'config/too-big-strict': '“{place}” is {got}, but has to be less than {limit}.',
  'config/too-few': '“{place}” is {got}; it needs at least {limit} of them.',
  'config/too-many': '“{place}” is {got}; it takes at most {limit} of them.',
  'config/invalid': '“{place}” is {got}, which is not valid: {detail}',
  'config/patch': 'The advice does not fit this config: {detail}',

  'config/unknown-class-near':
    '“{place}” names the class “{name}”, which the dataset does not have. Did you mean “{near}”?',
  'config/unknown-class':
    '“{place}” names the class “{name}”, which the dataset does not have. Use a name from the profile.',
  'config/class-twice':
    '“{place}” uses the class “{name}” more than once; a class can be ignored or merged only once.',
  'config/unknown-split-near':
    '“{place}” is the split “{name}”, which the dataset does not have. Did you mean “{near}”?',
  'config/unknown-split':
    '“{place}” is the split “{name}”, which the dataset does not have. It has: {known}. A number holds out that share of the training split.',
  'config/same-split':
    '“{place}” is “{name}”, the split that is {other} as well. Scores on it would be too good.',
  'config/split-shares':
    'The shares held out for test ({test%}) and validation ({validation%}) leave nothing to train on. Lower one of them.',
  'config/hold-out-empties': {
    one: 'Holding out {test%} for the test and {validation%} for validation takes every sample of “{names}”. Lower one of the shares.',
    other:
      'Holding out {test%} for the test and {validation%} for validation takes every sample of {count} classes: {names}. Lower one of the shares.',
  },
  'config/ratio-reached':
    '“{place}” is {ratio}, but the smallest class is {now} of the largest already: nothing would be re-sampled. Give a larger ratio.',
  'config/one-class':
    'With the classes ignored or merged as written, fewer than two classes with training samples are left: {names}.',
  'config/empty-class': {
    one: '“{names}” has no training sample, so it is never predicted. Add samples, or list it under dataset.classes.ignore.',
    other:
      '{count} classes have no training sample, so they are never predicted: {names}. Add samples, or list them under dataset.classes.ignore.',
  },
  'config/prior-missing':
    'goal.prior gives no share for {names}. Every class needs one; 0 says that it does not occur.',
  'config/prior-zero':
    'The shares of goal.prior add up to 0. Give each class the share you expect.',
  'config/thresholds-classes':
    'Of {count} classes that exclude each other no thresholds are chosen. Give them by class with posthoc: { kind: thresholds, at: … } (the report page finds the best on validation and writes them), or use kind: logit-adjustment.',
  'config/prior-sum': 'The shares of goal.prior add up to {sum}; they are divided by that sum.',
  'config/heavy-weight':
    '“{name}” gets a class weight of {weight}: single samples of it then decide whole batches. Take a gentler rule (inverse-sqrt, effective-number), or the logit-adjusted loss.',
  'config/model-input': 'The model “{model}” reads {needs}, but input.kind is “{kind}”.',
  'config/input-modality': 'input.kind is “{kind}”, but the dataset holds {modality} samples.',
  'config/task-not-trained':
    'Training covers items with one label or several; this dataset is for {task}. Take the advice to your framework with “longtail export”.',
  'config/modality-not-trained':
    'Training covers pictures, tables and texts; this dataset holds {modality} samples. Take the advice to your framework with “longtail export”.',
  'config/loss-single':
    'Stage “{stage}”: the loss “{loss}” is for one label an item, and items of this dataset may have several. Losses that fit: {fitting}.',
  'config/loss-multi':
    'Stage “{stage}”: the loss “{loss}” is for items with several labels, and every item of this dataset has one. Losses that fit: {fitting}.',
  'config/one-label':
    '“{place}”: {what} is for one label an item, and items of this dataset may have several. Leave it out; what fits are sigmoid losses, repeat-factor sampling and posthoc: thresholds.',
  'config/tail-augment':
    'input.tailAugment turns, scales and covers pictures, and here the network sees {sees}. Leave it out; a sampler shows rare classes more often.',
  'config/mixed-features':
    'Stage “{stage}” trains on stored features, so there are no inputs left to mix. Use mixing: manifold-mixup there, or none.',
  'config/resample-labels':
    '“{place}”: {sampler} gives every class a size, which items with several labels cannot have. Use repeat-factor.',
  'config/flip-unsafe':
    'Mirrored pictures of these classes may belong to another class or to none ({names}): leave “flip” out of input.augment.',
  'config/first-stage-frozen':
    'The first stage trains the classifier only, on a backbone that never learned anything. Set trainable: all.',

  'config/pretrained-weights':
    'The weights of {net} do not come along. Name a file in model.weights: torch.save(torchvision.models.{net}(weights="DEFAULT").state_dict(), "{net}.pth") writes one.',
  'config/pretrained-model':
    'net: tfjs wants the model.json of a TensorFlow.js model in model.weights.',
  'config/pretrained-scale':
    'Say in model.scale what numbers the TensorFlow.js model wants for the bytes of a picture: 0..255, 0..1, -1..1 or imagenet (mean and deviation of ImageNet). A wrong one spoils the features without a sign.',
  'config/pretrained-tfjs-only':
    'model.{key} is for TensorFlow.js models (net: tfjs); how {net} is fed and where its features are taken is known.',
  'config/scaled-cosine':
    'A cosine classifier cannot be scaled class by class: its rows have length one. Train it with trainable: classifier, or take a linear one.',
  'config/scaled-fresh':
    'This stage scales a classifier that it has just made anew. Leave “{place}” out, or train the classifier along: trainable: classifier-and-scale.',
  'config/bbn-mixing': 'The two branches of bbn mix their batches themselves. Leave “{place}” out.',
  'config/bias-init-cosine': 'A cosine classifier has no bias, so “{place}” changes nothing.',

  'config/unknown-preset': '“{preset}” is no preset. There are: {known}.',
  'config/unknown-preset-near':
    '“{preset}” is no preset. Did you mean “{near}”? There are: {known}.',
  'config/preset-images':
    'The preset “{preset}” is for pictures; this dataset holds {modality} samples.',
  'config/preset-labels':
    'Presets are for one label an item; this dataset is {task}. Take a sigmoid loss instead.',
  'config/preset/decoupling': 'Decoupling',
  'config/preset/decoupling/why':
    'Kang et al., ICLR 2020: 90 epochs of plain training, then 10 of a fresh classifier on the frozen features, each class drawn in turn, four at a time. Here the same shares of {epochs} epochs, at the learning rate of the plain recipe.',
  'config/preset/bbn': 'Bilateral-branch network',
  'config/preset/bbn/why':
    'Zhou et al., CVPR 2020, section 5.1: 200 epochs, learning rate × 0.01 at 120 and 160, five of warm-up; the share of the conventional branch falls as 1 − (t/T)². Here scaled to {epochs} epochs. A step costs about two; others did not reach the published scores.',
  'config/preset/ldam-drw': 'LDAM with deferred weights',
  'config/preset/ldam-drw/why':
    'Cao et al., NeurIPS 2019: margins on a cosine classifier for 200 epochs, class weights from epoch 160 on, learning rate × 0.01 at 160 and 180, five of warm-up. Here scaled to {epochs} epochs.',
  'config/preset/logit-adjustment': 'Logit-adjusted training',
  'config/preset/logit-adjustment/why':
    'Menon et al., ICLR 2021, section 6: tau 1, 200 epochs, learning rate × 0.1 at 160 and 180, five of warm-up. Here scaled to {epochs} epochs.',
  'config/preset/mislas': 'MiSLAS',
  'config/preset/mislas/why':
    'Zhong et al., CVPR 2021: 200 epochs of mixup, learning rate × 0.1 at 160 and 180, then 10 that train scales and, at a lower rate, the classifier, with label-aware smoothing. Here the same shares of {epochs} epochs; the smoothing is theirs for the nearest imbalance of CIFAR-10-LT or CIFAR-100-LT.',
  'config/preset/bag-of-tricks': 'Bag of tricks',
  'config/preset/bag-of-tricks/why':
    'Zhang et al., AAAI 2021: 400 epochs of input mixup, learning rate × 0.01 at 320 and 360, then 40 with balanced sampling and 20 without mixup at a low rate. Here the same shares of {epochs} epochs. Their images generated from class activation maps (CAM) are not built, so their best score is not to be expected.',

  'config/row/sampling-and-weights':
    'Stage “{stage}” balances by sampling and by weights: the correction counts twice (effective weight 1/n²). Keep one.',
  'config/row/logit-adjusted-and-sampling':
    'Stage “{stage}” has the logit-adjusted loss and the sampler {sampler}: the correction counts twice (ImageNet-LT 51.2 → 49.1 %). Use sampler: instance.',
  'config/row/logit-adjusted-and-posthoc':
    'The logit-adjusted loss already corrects the prior; post-hoc adjustment on top counts it twice (ImageNet-LT 51.2 → 46.6 %). Set posthoc: none.',
  'config/row/balanced-head':
    'Balanced softmax with a class-balanced head helped on 10 classes (80.6 against 78.6 %) and hurt on 100 (42.0 against 45.1 %). This dataset has {classes}.',
  'config/row/logit-adjusted-and-weights':
    'Stage “{stage}” has the logit-adjusted loss and full inverse weights, which no longer aims at balanced accuracy. Drop the weights.',
  'config/row/posthoc-after-balanced':
    'The last stage was trained with the sampler {sampler}: the classes count alike already, and post-hoc adjustment has nothing left to correct. Set posthoc: none, or sampler: instance.',
  'config/row/remix-and-weights':
    'Remix with re-weighting from the start lost 8 points on CIFAR-100-LT (41.94 → 33.51 %). Defer the weights to a later stage.',
  'config/row/remix-and-ldam':
    'Remix with the LDAM loss is worse than Remix alone (46.77 → 45.02 %).',
  'config/row/weights-and-cam':
    'Cost-sensitive weights and CAM-balanced sampling conflict. Keep one of them.',
  'config/row/mixup-fine-tune':
    'Stage “{stage}” mixes after the first stage: mixing belongs in the first stage only, and fine-tuning after manifold mixup made it worse.',
  'config/row/mixup-short':
    'Mixup needs a long schedule: at 90 epochs it cost cRT 1.1 and LWS 1.9 points. This one has {epochs}.',
  'config/row/large-beta':
    'beta {beta} with {classes} classes and at most {largest} samples in one collapsed training (CIFAR-100 step 100: 38.55 → 21.31 %). Use 0.99 to 0.999, or the logit-adjusted loss.',
  'config/row/balanced-features':
    'Stage “{stage}” learns features with the sampler {sampler}, and a later stage retrains the classifier. Features from plain sampling are better for that (49.9 against 44.9 %).',
  'config/row/tau-norm':
    'tau-normalisation needs weight norms that follow the class counts: a linear classifier trained by SGD with weight decay.',
  'config/row/ldam-without-cosine':
    'Stage “{stage}” has the LDAM loss, whose margins are in cosines; the scale of ordinary logits has no end. Set model.classifier: { kind: cosine }.',
  'config/row/cosine-without-scale':
    'Cosine logits lie in −1 … 1, so the shift of the logit-adjusted loss swamps them. Add a scale.',
  'config/row/undersampling-threshold': 'Thresholds by the prior add nothing after under-sampling.',
  'config/row/focal-and-oversampling':
    'Focal alpha and over-sampling both raise rare classes: the correction counts twice. Keep one.',
  'config/row/balanced-for-skewed':
    'The goal is the class shares of the training data, but {recipe} trains for equal shares. There plain training wins (66.3 against 62.5 %).',
  'config/row/chosen-on-test':
    'With “{place}” as it is, tau would be chosen on the test data or on nothing, and the score would be too good. Name a validation split or share, or give tau as a number.',

  'config/comment/top':
    'Longtail config for {dataset}. Plain training and this recipe run on the same split.',
  'config/comment/recipe': 'Recipe: {title}',
  'config/comment/dataset':
    '{samples} samples in {classes} classes, {largest} in the largest ({largestName}), {smallest} in the smallest ({smallestName}).',
  'config/comment/split-validation':
    'No validation split: a share of train is held out, by class. Every choice is made there.',
  'config/comment/split-test':
    'No test split: a share of train is held out and reported as “held out”.',
  'config/comment/augment-flip':
    'Photos in colour: mirrored and shifted pictures keep their class.',
  'config/comment/augment-crop':
    'Shifted pictures keep their class; mirrored ones may not (digits, text, grey pictures), so no flip.',
  'config/comment/prior-uniform': 'Every class counts the same where the model will be used.',
  'config/comment/prior-as-trained': 'The model will meet the class shares of the training data.',
  'config/comment/prior-given': 'The class shares that the model will meet, as you gave them.',
  'config/comment/steps': 'About {steps} optimizer steps in all.',
};
