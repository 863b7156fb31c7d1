import type { Template } from '../say';

/** Sentences of the figures: axes, names of lines, and what a figure says in one sentence. */
export const figures: Readonly<Record<string, Template>> = {
  'figures/number': '{value}',
  'figures/times': '{value} ×',
  'figures/share': '{share%}',
  'figures/empty': 'There is no labelled sample to draw.',
  'figures/axis/rank': 'rank of the class',
  'figures/axis/samples': 'samples',

  'figures/column/class': 'class',
  'figures/column/rank': 'rank',
  'figures/column/band': 'band',
  'figures/column/tested': 'test items',
  'figures/column/before': 'before',
  'figures/column/after': 'after',
  'figures/column/difference': 'difference',
  'figures/column/low': 'from (95 %)',
  'figures/column/high': 'to (95 %)',
  'figures/column/p': 'p',
  'figures/column/found': 'more than chance',
  'figures/column/seed': 'seed',
  'figures/column/step': 'step',
  'figures/column/evaluation': 'evaluation',
  'figures/column/value': 'value',
  'figures/differences/side': '{key} is better',
  'figures/differences/gain': '{b} gains the most on {name} ({change}).',
  'figures/differences/loss': '{b} loses the most on {name} ({change}).',
  'figures/differences/same': '{b} is as {a} on every one.',
  'figures/differences/filled': 'Filled dots are more than chance.',
  'figures/differences/row':
    '{name}: {train} training and {test} test items. {a} {before}, {b} {after}, difference {difference}{covers}, p {p}.',
  'figures/differences/row-none': '{name}: {train} training items, none in test.',
  'figures/run-curves/validation/sentence':
    '{measure} on validation after each evaluation: {runs}.',
  'figures/run-curves/loss/sentence':
    'Training loss of {runs}. Losses of different kinds have no common scale: look at their shape.',
  'figures/run-curves/none': 'Without a training of their own: {runs}.',
  'figures/run-curves/validation/x': 'evaluation',
  'figures/run-curves/loss/x': 'step',
  'figures/run-curves/loss': 'training loss',
  'figures/run-curves/measure/balanced': 'Balanced accuracy',
  'figures/run-curves/measure/mAP': 'Mean average precision',
  'figures/column/samples': 'samples',
  'figures/column/images': 'images',
  'figures/column/objects': 'objects',
  'figures/column/each': 'objects an image',
  'figures/column/draws': 'draws an epoch',
  'figures/column/seen': 'one sample is seen',
  'figures/column/weight': 'weight',
  'figures/column/offset': 'head start (nats)',
  'figures/column/assumed': 'share assumed',
  'figures/column/factor': 'repeat factor',
  'figures/column/beta': 'β',
  'figures/column/largest': 'largest class',
  'figures/column/median': 'median class',
  'figures/column/smallest': 'smallest class',
  'figures/column/classes-share': 'smallest classes',
  'figures/column/samples-share': 'hold of the samples',
  'figures/column/rare': 'rare label',
  'figures/column/frequent': 'frequent label',
  'figures/column/together': 'samples with both',
  'figures/column/rareSamples': 'samples of the rare label',
  'figures/column/share': 'share of those',
  'figures/column/geometric': 'geometric',
  'figures/column/zipf': 'Zipf',

  'figures/lorenz/sentence':
    'The smaller half of the classes holds {half%} of the samples; Gini is {gini.2}, twice the area between the curve and the diagonal.',
  'figures/lorenz/empty': 'There is no labelled sample, so there is no Lorenz curve.',
  'figures/lorenz/equal': 'equal classes',
  'figures/lorenz/x': 'share of the classes, smallest first',
  'figures/lorenz/y': 'share of the samples',

  'figures/decay/data': 'data',
  'figures/decay/geometric': 'geometric',
  'figures/decay/zipf': 'Zipf',
  'figures/decay/is-geometric':
    'A geometric decay fits better (AIC lower by {gap}): each class has {ratio} times the samples of the one before, which makes an imbalance of {factor}.',
  'figures/decay/is-zipf':
    'Zipf’s law fits better (AIC lower by {gap}): samples fall with rank to the power of −{exponent}.',
  'figures/decay/tie':
    'A geometric decay (each class {ratio} times the one before) and Zipf’s law (exponent {exponent}) fit equally well.',
  'figures/decay/none': 'Fewer than two classes have samples, so there is no decay to fit.',

  'figures/sampler/now': 'as the data are',
  'figures/sampler/then': 'with this sampler',
  'figures/sampler/y': 'draws an epoch',
  'figures/sampler/sentence':
    'In an epoch of {draws} draws one sample of {smallest} is seen {tail} times, one of {largest} {head} times.',

  'figures/weights/inverse': 'The inverse frequency',
  'figures/weights/inverse-sqrt': 'The inverse square root',
  'figures/weights/effective-number': 'The effective number',
  'figures/weights/y': 'weight in the loss',
  'figures/weights/sentence':
    '{rule} weighs a sample of {smallest} {tail} and one of {largest} {head}: a ratio of {ratio}. The weights of all samples average 1.',

  'figures/effective/class': 'n = {count}',
  'figures/effective/x': 'β',
  'figures/effective/y': 'effective number',
  'figures/effective/beta': '{text}',
  'figures/effective/sentence':
    'At β = {beta} the largest class counts as {head} samples and the smallest as {tail}: their weights differ by a factor of {ratio}.',

  'figures/adjustment/y': 'head start over the largest class, nats',
  'figures/adjustment/sentence':
    'With τ = {tau} the score of {smallest} is raised by {nats} nats over {largest}, odds of {odds} to 1; predictions then stand for a world where {largest} has a share of {head%} and {smallest} of {tail%}.',

  'figures/repeats/x': 'rank of the class by images',
  'figures/repeats/y': 'repeat factor',
  'figures/repeats/none':
    'At t = {threshold}, no class is repeated: every class is in more than {below} images.',
  'figures/repeats/sentence': {
    one: 'At t = {threshold}, one of {classes} classes is repeated; images with {smallest} are shown {factor} times an epoch.',
    other:
      'At t = {threshold}, {count} of {classes} classes are repeated; images with {smallest} are shown {factor} times an epoch.',
  },

  'figures/repeats/epoch':
    'An epoch would show {length} images instead of {images}, {factor} times as many; {repeated%} of the images come more than once.',
  'figures/repeats/epoch-same': 'An epoch stays at {images} images.',

  'figures/objects/x': 'images that hold the class',
  'figures/objects/y': 'objects',
  'figures/objects/one': 'one an image',
  'figures/objects/point': '{name}: {objects} objects in {images} images',
  'figures/objects/sentence':
    'Most crowded is {name}: {objects} objects in {images} images, {each} in each.',

  'figures/together/sentence':
    'Of the samples of {rare}, {share%} have {frequent} too: who repeats the one repeats the other.',
  'figures/together/half': {
    one: '{count} of {shown} rare labels here shares half of its samples or more with one frequent label.',
    other:
      '{count} of {shown} rare labels here share half of their samples or more with one frequent label.',
  },
  'figures/together/some': 'Shown are {shown} of {count} rare labels, those of which it is surest.',
  'figures/together/none': 'No rare label comes with a frequent one.',
  'figures/together/cell': '{share%} of {rare} with {frequent}: {count} of {of} samples',

  'figures/splits/x': 'rank of the class in {split}',
  'figures/splits/y': 'share of the split',
  'figures/splits/sentence':
    'Class shares of {splits}: where the lines part, a split has other shares than training.',
  'figures/splits/flat':
    '{splits} is balanced while {first} is not: scores there weigh every class alike.',

  'figures/column/tau': 'τ',
  'figures/column/threshold': 'threshold',
  'figures/column/judged': 'what is judged by',
  'figures/column/balanced': 'balanced accuracy',
  'figures/column/accuracy': 'accuracy',
  'figures/column/many': 'many or head',
  'figures/column/medium': 'medium',
  'figures/column/few': 'few or tail',
  'figures/column/worst': 'worst class',
  'figures/column/run': 'run',
  'figures/column/bin': 'confidence between',
  'figures/column/items': 'items',
  'figures/column/confidence': 'mean confidence',
  'figures/column/norm': 'norm',

  'figures/slide/tau/sentence':
    'On {items} validation items τ = {value} gives a {measure} of {now}; the model as it is has {plain}.',
  'figures/slide/tau/best': 'The best is {best} at τ = {value}.',
  'figures/slide/tau/x': 'τ',
  'figures/slide/tau/now': 'τ = {value}',
  'figures/slide/threshold/sentence':
    'On {items} validation items a threshold of {value} gives a {measure} of {now}; the model as it is has {plain}.',
  'figures/slide/threshold/best': 'The best is {best} at {value}.',
  'figures/class-slide/sentence':
    'On {items} validation items a threshold of {value} gives {name} a recall of {recall} and a precision of {precision}; the {measure} of all classes is {now}, of the model as it is {plain}.',
  'figures/class-slide/best': 'With the best thresholds found it is {best}.',
  'figures/class-slide/x': 'threshold of {name}',
  'figures/slide/threshold/x': 'probability from which the rarer class is predicted',
  'figures/slide/threshold/now': 'threshold {value}',
  'figures/slide/y': 'score on validation',
  'figures/slide/accuracy': 'accuracy',

  'figures/column/f1': 'F1',
  'figures/column/precision': 'precision',
  'figures/column/recall': 'recall',
  'figures/label-slide/sentence':
    'On {items} validation items a threshold of {value} gives {name} an F1 of {f1}.',
  'figures/label-slide/best': 'The best is {best} at {value}.',
  'figures/label-slide/x': 'probability from which {name} is given',

  'figures/reliability/over':
    'Predictions are surer than they are right, by {gap%} on average; ECE is {ece}.',
  'figures/reliability/under':
    'Predictions are right more often than they are sure, by {gap%} on average; ECE is {ece}.',
  'figures/reliability/even':
    'On average predictions are as sure as they are right; ECE, which adds up the gaps of the bins, is {ece}.',
  'figures/reliability/baseline': 'The plain baseline has an ECE of {ece}.',
  'figures/reliability/perfect': 'as sure as right',
  'figures/reliability/x': 'confidence',
  'figures/reliability/y': 'accuracy',
  'figures/reliability/bin': '{from.2} and {to.2}',
  'figures/reliability/point': {
    one: 'one item, {confidence%} sure, {accuracy%} right',
    other: '{count} items, {confidence%} sure, {accuracy%} right',
  },

  'figures/norms/x': 'training items of the class',
  'figures/norms/weights/y': 'norm of the classifier row',
  'figures/norms/features/y': 'norm of the mean feature, validation',
  'figures/norms/point': '{name}: {train} training items, norm {norm}',
  'figures/norms/weights/grows':
    'The classifier’s rows grow with the class: {largest} has a norm of {head}, {smallest} of {tail} (correlation with the log of the count {correlation}). Frequent classes get larger scores for that alone; tau-normalisation or a new classifier takes it out.',
  'figures/norms/weights/falls':
    'The classifier’s rows are longer for rare classes: {largest} has a norm of {head}, {smallest} of {tail} (correlation with the log of the count {correlation}). Tau-normalisation would take from the rare ones.',
  'figures/norms/weights/flat':
    'The classifier’s rows do not follow the class size: {largest} has a norm of {head}, {smallest} of {tail} (correlation with the log of the count {correlation}). Tau-normalisation has little to take out.',
  'figures/norms/features/grows':
    'Mean features are longer for frequent classes: {head} for {largest}, {tail} for {smallest} (correlation with the log of the count {correlation}). The features themselves favour the head.',
  'figures/norms/features/falls':
    'Mean features are longer for rare classes: {head} for {largest}, {tail} for {smallest} (correlation with the log of the count {correlation}).',
  'figures/norms/features/flat':
    'Mean features do not follow the class size: {head} for {largest}, {tail} for {smallest} (correlation with the log of the count {correlation}). What favours the head lies in the classifier.',
};
