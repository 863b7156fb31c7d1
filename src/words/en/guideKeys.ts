import type { Template } from '../say';

/** What each key of a config is for, by its place without list positions. */
export const guideKeys: Readonly<Record<string, Template>> = {
  'guide/key/version': 'Version of this file’s layout.',
  'guide/key/seed':
    'Seed of hold-out, draws, augmentation and fresh weights. The baseline has it too.',
  'guide/key/dataset': 'The data, and how they are split and grouped into classes.',
  'guide/key/dataset.root':
    'Folder or label file of the dataset, relative to this file. Nothing is ever written there.',
  'guide/key/dataset.format': 'Format of the dataset, where detection takes it for another.',
  'guide/key/dataset.labelColumn': 'Column, key or question that holds the label.',
  'guide/key/dataset.pathColumn': 'Column that names the pictures.',
  'guide/key/dataset.splitColumn': 'Column that says which split a row belongs to.',
  'guide/key/dataset.splitLists':
    'Lists that say which split samples belong to, instead of the dataset: a folder with train.txt … or split.csv, as “longtail split” writes them, relative to this file.',
  'guide/key/dataset.delimiter': 'What stands between the fields of a table.',
  'guide/key/dataset.depth': 'How many levels of nested folders make the name of a class.',
  'guide/key/dataset.splits': 'Which split is trained on, chosen on, and scored on.',
  'guide/key/dataset.splits.train': 'Split that is trained on; “all” is every sample.',
  'guide/key/dataset.splits.validation':
    'Split that every choice is made on; a number holds out that share of train, by class: max(1, round(share · n)), none of a class under 5. “none” keeps all data and forbids choices.',
  'guide/key/dataset.splits.test':
    'Split that is scored once, at the end; a number holds out that share of train. Where there is no test split, a fifth.',
  'guide/key/dataset.classes': 'Classes to leave out or to count as one.',
  'guide/key/dataset.classes.ignore': 'Classes that are left out, by name.',
  'guide/key/dataset.classes.merge': 'New name → classes that become one under it.',
  'guide/key/bands':
    'How classes are parted into many / medium / few. “auto”: by count (above 100, 20 to 100, below 20) where no band stays empty, else thirds by rank; “lvis”: above 100, 11 to 100, 10 and fewer.',
  'guide/key/bands.manyAbove': 'Classes with more training samples than this are “many”.',
  'guide/key/bands.fewBelow': 'Classes with fewer training samples than this are “few”.',
  'guide/key/goal': 'What the model is meant for.',
  'guide/key/goal.prior':
    'Class shares the model will meet: all alike (“uniform”), those of the training data (“as-trained”), or a share for each class by name.',
  'guide/key/goal.metric': 'What is compared when something is chosen on validation.',
  'guide/key/input': 'What the network sees of a sample.',
  'guide/key/input.size':
    'Height and width in pixels. Larger pictures are resized by their short side and cut out in the centre.',
  'guide/key/input.channels': '1 for grey, 3 for colour.',
  'guide/key/input.augment':
    '“crop” shifts pictures by up to four pixels, “flip” mirrors half of them: leave it out where classes have a side (digits, text, left and right).',
  'guide/key/input.tailAugment':
    'Shows rare classes in more variants: class j gets min(most, (n_max / n_j)^strength) copies of each picture, each varied anew. Priors count the copies.',
  'guide/key/input.tailAugment.strength':
    '0 copies nothing, 1 brings every class to the size of the largest.',
  'guide/key/input.tailAugment.most': 'Most copies of one picture, the original counted.',
  'guide/key/input.text': 'How texts become features.',
  'guide/key/input.text.column': 'Column that holds the text.',
  'guide/key/input.text.ngrams': 'Longest sequence of words that is a feature.',
  'guide/key/input.text.features': 'Number of features the sequences are hashed into.',
  'guide/key/model': 'The network.',
  'guide/key/model.width':
    'Filters of the first stage; later ones have twice and four times as many.',
  'guide/key/model.normMomentum':
    'Share of the running statistics that batch norm keeps at a step; 0.9 where not given.',
  'guide/key/model.classifier': 'What turns features into scores; linear where none is named.',
  'guide/key/model.classifier.bias': 'Whether the classifier adds a bias to each class.',
  'guide/key/model.classifier.scale': 's of s · cos(f, w_j): with s = 1 all scores lie in −1 … 1.',
  'guide/key/model.classifier.hidden': 'Widths of the hidden layers.',
  'guide/key/model.biasInit':
    'Where the classifier’s bias starts: at zero, or at log π_j (under sigmoids at log(π_j / (1 − π_j))). Only a start.',
  'guide/key/model.hidden': 'Widths of the hidden layers.',
  'guide/key/model.backbone': 'Network whose last block each branch has for itself.',
  'guide/key/model.adaptor':
    'How the share of the conventional branch falls over the epochs: 1 − (t / T)² by default.',
  'guide/key/model.net': 'Network whose features are used, its weights frozen.',
  'guide/key/model.weights':
    'File of weights: a PyTorch state dict of the net, or the model.json of a TensorFlow.js model.',
  'guide/key/model.layer': 'Layer of a TensorFlow.js model whose outputs are the features.',
  'guide/key/model.scale': 'Numbers a TensorFlow.js model wants for the bytes of a picture.',
  'guide/key/model.features': 'Features of another network, made by the exported script.',
  'guide/key/stages': 'Trainings one after the other, each on what the one before left.',
  'guide/key/stages.name': 'Name of the stage in reports.',
  'guide/key/stages.epochs': 'How often the stage goes over its data.',
  'guide/key/stages.trainable':
    'What learns: all; the classifier alone on stored features (cRT: with init: again and a balanced sampler); one scale a class (LWS: z_j = s_j w_j·f); or both.',
  'guide/key/stages.init': '“again” starts the classifier anew.',
  'guide/key/stages.classifier': 'A new classifier in place of the one so far.',
  'guide/key/stages.classifier.bias': 'Whether the classifier adds a bias to each class.',
  'guide/key/stages.classifier.scale': 's of s · cos(f, w_j): with s = 1 all scores lie in −1 … 1.',
  'guide/key/stages.classifier.hidden': 'Widths of the hidden layers.',
  'guide/key/stages.scaleBias': 'With trainable: scale, whether the kept bias is scaled along.',
  'guide/key/stages.batchNorm':
    '“update” takes batch-norm statistics anew with this stage’s sampler before it begins.',
  'guide/key/stages.sampler':
    'How the stage shares its draws among the classes. A balanced sampler and class weights correct the same thing: take one.',
  'guide/key/stages.sampler.q':
    'Exponent: 1 draws as the data are, ½ by square roots, 0 every class alike, −1 reversed.',
  'guide/key/stages.sampler.beta':
    'β of the effective number (1 − β^n) / (1 − β): nearer to 1, nearer to the count.',
  'guide/key/stages.sampler.perClass': 'Items of a class taken in a row.',
  'guide/key/stages.sampler.threshold':
    'Share of items t below which a class is repeated; “median” is the median share.',
  'guide/key/stages.sampler.squareRoot': 'Whether the root of t / f is taken.',
  'guide/key/stages.sampler.most': 'Largest repeat of an item.',
  'guide/key/stages.sampler.strategy':
    'Which classes are re-sampled to the size of the largest (over) or smallest (under), as imbalanced-learn names them.',
  'guide/key/stages.sampler.ratio':
    'Smallest over largest class afterwards, in place of a strategy.',
  'guide/key/stages.loss': 'What is minimised.',
  'guide/key/stages.loss.tau':
    'Strength of the correction by the prior: 0 none, 1 the whole, the value of the theory.',
  'guide/key/stages.loss.gamma': 'Exponent γ: how far easy or frequent classes are turned down.',
  'guide/key/stages.loss.maxMargin': 'Margin of the smallest class; others get m (n_min / n_j)^¼.',
  'guide/key/stages.loss.epsilon': 'ε, the part of a label that is spread over all classes.',
  'guide/key/stages.loss.head': 'ε of the largest class.',
  'guide/key/stages.loss.tail': 'ε of the smallest class.',
  'guide/key/stages.loss.shape': 'How ε goes between tail and head with the count.',
  'guide/key/stages.loss.positiveCap':
    'Present labels weigh absent over present of their class, at most this.',
  'guide/key/stages.loss.alpha': 'Weight of present labels; absent ones have 1 − α.',
  'guide/key/stages.loss.gammaPositive': 'γ of present labels.',
  'guide/key/stages.loss.gammaNegative':
    'γ of absent labels: the larger, the less easy absences count.',
  'guide/key/stages.loss.clip': 'Absent labels with a probability below this cost nothing.',
  'guide/key/stages.loss.negativeScale': 'λ by which the scores of absent labels are made steeper.',
  'guide/key/stages.loss.biasScale': 'Share of the log-odds that the scores are shifted by.',
  'guide/key/stages.loss.weightFloor': 'Least weight of a label.',
  'guide/key/stages.loss.weightSlope': 'Steepness of the weight over the re-balanced frequency.',
  'guide/key/stages.loss.weightCentre': 'Re-balanced frequency at the middle of the weights.',
  'guide/key/stages.weights': 'Weight of each class in the loss.',
  'guide/key/stages.weights.normalisation':
    'What is 1: the mean weight over the samples, over the classes, or the largest. It sets the effective learning rate.',
  'guide/key/stages.weights.reduction':
    '“weighted-mean” divides a batch by the sum of its weights instead of its size.',
  'guide/key/stages.weights.gamma': 'Exponent of n_min / n_j.',
  'guide/key/stages.weights.f': 'What weighs the counts inside the sum.',
  'guide/key/stages.weights.g': 'What tames the ratio.',
  'guide/key/stages.weights.beta':
    'β of the effective number. 0.9999 only with classes of 1,000 samples and more, and few of them.',
  'guide/key/stages.mixing':
    'How batches are mixed with a permutation of themselves. Belongs in the first stage, and needs a long schedule.',
  'guide/key/stages.mixing.alpha': 'a of λ ~ Beta(a, a), drawn once a batch.',
  'guide/key/stages.mixing.kappa': 'Ratio of counts from which a pair is uneven.',
  'guide/key/stages.mixing.tau':
    'Share of the larger class in the input below which it gives its label away.',
  'guide/key/stages.switchAt':
    'Epoch of the stage, from 0, from which weights and sampler are in force; plain before (DRW, DRS: Cao et al., NeurIPS 2019).',
  'guide/key/stages.hardExamples':
    'Trains only on the part of each batch with the largest losses (Shrivastava et al., CVPR 2016).',
  'guide/key/stages.hardExamples.share': 'Share of a batch that is kept.',
  'guide/key/stages.optimizer': 'How weights are updated.',
  'guide/key/stages.optimizer.learningRate': 'Rate after warm-up. In proportion to the batch size.',
  'guide/key/stages.optimizer.momentum': 'Share of the last update that is kept.',
  'guide/key/stages.optimizer.nesterov': 'Whether the gradient looks one momentum step ahead.',
  'guide/key/stages.optimizer.weightDecay': 'Added to the gradient: decay times the weight.',
  'guide/key/stages.optimizer.decayOn':
    'What decays: every kernel but projections, or only the backbone’s.',
  'guide/key/stages.optimizer.schedule':
    'How the rate goes: constant, half a cosine down to 0, or drops.',
  'guide/key/stages.optimizer.dropAt':
    'Epochs of the stage at which the rate drops (schedule: step).',
  'guide/key/stages.optimizer.dropTo': 'What the rate is multiplied by at a drop.',
  'guide/key/stages.optimizer.classifierRate':
    'Rate of the classifier as a share of that of the scales.',
  'guide/key/stages.optimizer.warmupEpochs': 'Epochs in which the rate rises from 0.',
  'guide/key/stages.optimizer.batchSize': 'Samples a step.',
  'guide/key/posthoc':
    'What is done to the scores of the trained model; chosen on validation, scored once on test.',
  'guide/key/posthoc.tau':
    'Strength; “auto” chooses it on validation and keeps 1 unless another is better beyond chance.',
  'guide/key/posthoc.variant':
    'How features are centred, scaled and compared with the class means.',
  'guide/key/posthoc.metric': 'What the thresholds are chosen for.',
  'guide/key/posthoc.at':
    'Thresholds by class (0 to 1), given instead of chosen: of classes that exclude each other the one with the largest p / t is predicted, so only ratios count; of several labels each is given from its own on. A class not named has one half; of two classes it has the rest to 1.',
  'guide/key/posthoc.costs': 'With metric: cost, what mistakes cost.',
  'guide/key/posthoc.costs.falseNegative': 'Cost of a miss.',
  'guide/key/posthoc.costs.falsePositive': 'Cost of a false alarm.',
  'guide/key/posthoc.precisionFloor':
    'Thresholds with a lower precision on validation are left out.',
  'guide/key/backend':
    'What computes: native TensorFlow, WebAssembly, or plain JavaScript; “auto” is the fastest that is there.',
};
