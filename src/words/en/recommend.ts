import type { Template } from '../say';

export const recommend: Readonly<Record<string, Template>> = {
  'recommend/plain-run':
    'Plain training on counts like these, {runs}, recalled {fewLow.2} of the rare classes against {manyLow.2} of the frequent ones. What it does here is not known until it is measured.',
  'recommend/plain-runs':
    'Plain training on counts like these recalled {fewLow.2} to {fewHigh.2} of the rare classes against {manyLow.2} to {manyHigh.2} of the frequent ones: {runs}. What it does here is not known until it is measured.',

  'recommend/published': '{set}: {from.1} → {to.1} % accuracy on balanced test data ({runs}).',
  'recommend/published-range':
    '{set}: {low.1} to {high.1} points over plain training in {count} published runs ({runs}).',
  'recommend/our-run':
    'Measured by Longtail on {set}: {gain.1} points of balanced accuracy over plain training.',
  'recommend/no-figure': 'No published figure for a case like this one.',
  'recommend/measured': 'Measured on this dataset: balanced accuracy {baseline.2} → {recipe.2}.',
  'recommend/measured-few':
    'Measured on this dataset: balanced accuracy {baseline.2} → {recipe.2}, recall of the rarest classes {baselineFew.2} → {recipeFew.2}.',

  'recommend/assumes-uniform': 'Assumes that every class counts the same where the model is used.',
  'recommend/assumes-as-trained':
    'Assumes that the model meets the class shares of the training data.',
  'recommend/assumes-given': 'Assumes the class shares you gave.',
  'recommend/assumes-any': 'Holds whatever the model will meet.',

  'recommend/leave-alone/title': 'Leave it alone: plain training',
  'recommend/leave-alone/because':
    'The largest class has {ratio} times the samples of the smallest ({largest} and {smallest}). Under a ratio of about 3 no paper reports a gain from re-balancing.',
  'recommend/leave-alone/because-even':
    'Every class has about as many samples as any other: there is nothing to balance.',
  'recommend/leave-alone/because-mild':
    'A ratio of {ratio} is mild: plain training with augmentation comes close to every correction.',
  'recommend/leave-alone/because-as-trained':
    'If the model meets the shares of the training data ({largestName} {ratio} times as often as {smallestName}) and overall accuracy is the goal, the skew is information, and re-balancing throws it away.',
  'recommend/leave-alone/expected':
    'On balanced CIFAR, focal and sigmoid losses came out within a point of plain cross-entropy.',
  'recommend/leave-alone/expected-as-trained':
    'ImageNet-LT with test data skewed like training: plain {plain.1} %, balanced softmax {balanced.1} %.',
  'recommend/leave-alone/cost': 'None.',
  'recommend/leave-alone/when-not':
    'When rare classes matter as much as frequent ones, or will be more frequent in use.',

  'recommend/logit-adjustment-posthoc/title': 'Adjust the plain model afterwards',
  'recommend/logit-adjustment-posthoc/because':
    '{largestName} has {ratio} times the samples of {smallestName} ({largest} and {smallest}), so plain training prefers it when in doubt. Subtracting tau · log(class share) from its scores takes that preference back.',
  'recommend/logit-adjustment-posthoc/because-has-model':
    'You have a model already, and {largestName} has {ratio} times the samples of {smallestName}. Subtracting tau · log(class share) from its scores corrects it in minutes.',
  'recommend/logit-adjustment-posthoc/because-given':
    'You know the class shares the model will meet. Dividing its scores by the shares of the training data ({largestName} {largest}, {smallestName} {smallest}) and multiplying by yours gives the scores for that world.',
  'recommend/logit-adjustment-posthoc/cost':
    'No training beyond the plain baseline; seconds after it.',
  'recommend/logit-adjustment-posthoc/when-not':
    'Not on top of a balanced sampler, class weights or a logit-adjusted loss: the correction would count twice.',

  'recommend/logit-adjusted-loss/title': 'Train with the logit-adjusted loss',
  'recommend/logit-adjusted-loss/because':
    'Ratio {ratio} over {classes} classes: adding tau · log(class share) to the scores inside the loss makes rare classes ({smallestName}: {smallest}) win by a larger margin. Sampler and weights stay plain.',
  'recommend/logit-adjusted-loss/cost': 'A second training, as long as the plain one.',
  'recommend/logit-adjusted-loss/when-not':
    'Not with balanced sampling, class weights or post-hoc adjustment, and not where the model meets the shares of the training data.',

  'recommend/decoupled-crt/title': 'Decouple: plain features, then a balanced classifier',
  'recommend/decoupled-crt/because':
    'Features are best learnt from all {samples} samples as they come; the classifier alone suffers from the ratio of {ratio}. It is trained again on stored features, every class equally often.',
  'recommend/decoupled-crt/cost': 'Seconds after the plain training, on stored features.',
  'recommend/decoupled-crt/when-not':
    'Adds nothing to a logit-adjusted loss. With under 20 samples in a class the new classifier sees the same few again and again.',

  'recommend/class-balanced-sampling/title': 'Draw every class equally often',
  'recommend/class-balanced-sampling/because':
    'With {classes} classes it can help a little, but a sample of {smallestName} would be seen {repeats} times an epoch. Shown since it is what most people try first.',
  'recommend/class-balanced-sampling/cost': 'A second training, as long as the plain one.',
  'recommend/class-balanced-sampling/when-not':
    'Not with more than about 20 classes (it lost 5 points on 100), and not with any other correction.',

  'recommend/square-root-sampling/title': 'Correct mildly: square-root sampling',
  'recommend/square-root-sampling/because':
    'You expect wrong labels. Among {smallest} samples of {smallestName} each wrong one weighs much; drawing by the square root of the counts raises them less than full balance would.',
  'recommend/square-root-sampling/cost': 'A second training, as long as the plain one.',
  'recommend/square-root-sampling/when-not':
    'Once the labels are clean: the logit-adjusted loss does better then.',

  'recommend/collect-data/title': 'Collect or merge the smallest classes',
  'recommend/collect-data/because': {
    one: '{count} class has fewer than {enough} samples ({smallestName}: {smallest}). It can hardly be validated; {missing} more samples would bring it to {enough}. Where that cannot be had, merge it with its nearest kin.',
    other:
      '{count} classes have fewer than {enough} samples ({smallestName}: {smallest}). They can hardly be validated; {missing} more samples would bring each to {enough}. Where that cannot be had, merge them with their nearest kin.',
  },
  'recommend/collect-data/because-nothing-labelled':
    'There is no labelled training sample yet, so there is nothing to balance.',
  'recommend/collect-data/because-one-class':
    'All {samples} labelled samples are {largestName}. There is nothing to tell apart yet.',
  'recommend/collect-data/cost': 'Labelling time.',
  'recommend/collect-data/when-not':
    'When the classes are as rare in the world and nobody asks for them.',

  'recommend/frozen-backbone/title': 'Start from a backbone trained on many photos',
  'recommend/frozen-backbone/because':
    '{samples} pictures in {classes} classes, {few} of them with under 20: too few to learn features from. EfficientNet-Lite0, trained on a million photos, gives the features; only a corrected classifier is trained on them, which needs a few pictures a class.',
  'recommend/frozen-backbone/because-slow':
    'Training from scratch, baseline and recipe, would take about {minutes} minutes here. EfficientNet-Lite0, trained on a million photos, looks at every picture once and gives features; a corrected classifier on them ({largestName} has {ratio} times the samples of {smallestName}) then takes seconds, without a GPU.',
  'recommend/frozen-backbone/expected':
    'Measured by Longtail on CIFAR-10-LT enlarged to 128 × 128: {plain.1} % balanced accuracy with a plain classifier, {adjusted.1} % with the logit-adjusted loss; a small net from scratch {scratch.1} % and {scratchAdjusted.1} %. CIFAR’s classes are everyday things that ImageNet has too, which flatters the features.',
  'recommend/frozen-backbone/cost':
    'One pass over the pictures (a hundred or more a second on two cores), then seconds for every classifier.',
  'recommend/frozen-backbone/when-not':
    'Not for X-rays, defects on surfaces, spectrograms, maps or drawings: features of everyday photos do not fit them. Train from scratch there, or bring features of a backbone of your field.',

  'recommend/drop-empty-classes/title': 'Leave out classes without samples',
  'recommend/drop-empty-classes/because': {
    one: '{names} has no training sample: it can be neither learnt nor weighted, and it lowers every average.',
    other:
      '{count} classes have no training sample ({names}): they can be neither learnt nor weighted, and they lower every average.',
  },
  'recommend/drop-empty-classes/cost': 'None.',
  'recommend/drop-empty-classes/when-not': 'When samples of them are on their way.',

  'recommend/calibrated-trees/title': 'Boosted trees, calibrated, with a threshold from costs',
  'recommend/calibrated-trees/because':
    '{smallestName} is {share%} of a table with two classes. Re-sampling spoils the probabilities there and a threshold does the same without harm. Judge by average precision and recall at a precision you can live with: at AUROC 0.95 a threshold at the prior can mean under 1 % precision. Longtail does not train trees.',
  'recommend/calibrated-trees/cost': 'Minutes in your own framework.',
  'recommend/calibrated-trees/when-not': 'When the columns are pixels or other raw signals.',

  'recommend/decision-thresholds/title': 'Choose thresholds on validation data',
  'recommend/decision-thresholds/because':
    'A threshold for each class or label moves {smallestName} ({smallest} samples) towards the recall you need and leaves the model as it is.',
  'recommend/decision-thresholds/cost': 'Seconds on validation scores.',
  'recommend/decision-thresholds/when-not':
    'With fewer than 20 validation samples of a class its threshold is chance.',

  'recommend/calibrate-probabilities/title': 'Check and calibrate the probabilities',
  'recommend/calibrate-probabilities/because':
    'You need probabilities. Corrections by sampling or weights distort them; adjusting by the class shares keeps them, and one temperature chosen on validation removes over-confidence. Every report has the calibration error (ECE).',
  'recommend/calibrate-probabilities/expected':
    'ImageNet-LT calibration error: balanced softmax {balanced.3}, adjustment by known shares {corrected.3} (Hong et al. 2021).',
  'recommend/calibrate-probabilities/cost': 'Seconds on validation scores.',
  'recommend/calibrate-probabilities/when-not': 'When only the best class is used.',

  'recommend/repeat-factor/title': 'Repeat items by their rarest class',
  'recommend/repeat-factor/because':
    'An image holds several classes, so balancing by class is not defined. Repeat it by max(1, √(t / f)) of its rarest class, f the share of images with that class; here t = {threshold} (the median of f, where images are counted) and at most 10 times. Labels: {smallestName} {smallest}, {largestName} {largest}.',
  'recommend/repeat-factor/because-labels':
    'An item may have several labels, so balancing by class is not defined. Each item comes max(1, √(t / f)) times an epoch by its rarest label, f the share of items that have it, t the median of f; at most 10 times. {smallestName} has {smallest} items, {largestName} {largest}.',
  'recommend/repeat-factor/cost': 'Longer epochs: every rare item comes several times.',
  'recommend/repeat-factor/when-not':
    'Where rare classes always appear with frequent ones: repeating raises both. Do not raise focal alpha as well.',

  'recommend/focal-detection/title': 'Focal loss with a low starting probability',
  'recommend/focal-detection/because':
    'A detector sees far more background than objects, and {ratio} times more {largestName} than {smallestName}. Start the outputs at probability 0.01 and let the focal loss ignore what is easy; balanced softmax in its sigmoid form corrects the classes.',
  'recommend/focal-detection/expected':
    'LVIS mask AP with balanced softmax: {from.1} → {to.1} (Ren et al. 2020).',
  'recommend/focal-detection/cost': 'A change of loss in your detector.',
  'recommend/focal-detection/when-not':
    'Not with balanced sampling of whole images, and not with a raised alpha on top of repeats.',

  'recommend/asymmetric-loss/title': 'Sigmoid loss that tames easy negatives',
  'recommend/asymmetric-loss/because':
    'A sample has several labels: {smallestName} is absent from nearly all. The asymmetric or the distribution-balanced loss keeps those negatives from drowning its {smallest} positives.',
  'recommend/asymmetric-loss/expected':
    'Distribution-balanced loss, mAP: {voc.1} on VOC-MLT, {coco.1} on COCO-MLT (Wu et al. 2020).',
  'recommend/asymmetric-loss/cost': 'One training with another loss.',
  'recommend/asymmetric-loss/when-not':
    'Never a class-balanced softmax: labels do not exclude each other.',

  'recommend/per-class-scores/title': 'Score every class before changing anything',
  'recommend/per-class-scores/because':
    'Labels inside sequences: drawing a sequence again repeats {largestName} ({largest}) with {smallestName} ({smallest}). Look at recall and F1 of each class first, then raise weights by the logarithm of the counts.',
  'recommend/per-class-scores/cost': 'None.',
  'recommend/per-class-scores/when-not': 'Never.',

  'recommend/fix-labels/title': 'Fix labels first',
  'recommend/fix-labels/because':
    'You expect wrong labels. A rare class has few right ones to outweigh them ({smallestName}: {smallest}), and every correction of rare classes makes wrong ones louder.',
  'recommend/fix-labels/cost': 'A look through the smallest classes.',
  'recommend/fix-labels/when-not': 'When the labels were checked.',

  'recommend/expert-ensemble/title': 'Several experts (RIDE, SADE)',
  'recommend/expert-ensemble/because':
    'Accuracy alone counts and time does not: ensembles of experts lead every published table with {classes} classes or so. Longtail does not train them; the plain baseline and the corrections below tell what they have to beat.',
  'recommend/expert-ensemble/cost': 'Several times the training, on a GPU.',
  'recommend/expert-ensemble/when-not': 'When one small model has to serve.',

  'recommend/shares-none':
    '{path} holds no class shares. Write one line a class, “name,share” in a CSV or “name: share” in YAML; any scale will do.',
  'recommend/shares-not-a-share':
    '{path}: the share of “{name}” is {got}. Write a number of at least 0.',
  'recommend/shares-unknown-class':
    '{path} names the class “{name}”, which the dataset does not have. Remove the line or write the name as the dataset does.',
  'recommend/shares-unknown-class-near':
    '{path} names the class “{name}”, which the dataset does not have. Did you mean “{near}”?',
  'recommend/shares-twice': '{path} names the class “{name}” again. Keep one line.',
  'recommend/shares-missing-class':
    '{path} gives no share for: {names}. Every class needs one; 0 says that it does not occur.',
};
