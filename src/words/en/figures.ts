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
    'At t = {threshold} no class is repeated: every class is in more than {below} images.',
  'figures/repeats/sentence': {
    one: 'At t = {threshold} one of {classes} classes is repeated; images with {smallest} are shown {factor} times an epoch.',
    other:
      'At t = {threshold} {count} of {classes} classes are repeated; images with {smallest} are shown {factor} times an epoch.',
  },

  'figures/objects/x': 'images that hold the class',
  'figures/objects/y': 'objects',
  'figures/objects/one': 'one an image',
  'figures/objects/point': '{name}: {objects} objects in {images} images',
  'figures/objects/sentence':
    'Most crowded is {name}: {objects} objects in {images} images, {each} in each.',

  'figures/splits/x': 'rank of the class in {split}',
  'figures/splits/y': 'share of the split',
  'figures/splits/sentence':
    'Class shares of {splits}: where the lines part, a split has other shares than training.',
  'figures/splits/flat':
    '{splits} is balanced while {first} is not: scores there weigh every class alike.',
};
