import type { Template } from '../say';

/** What the labels of samples with several, and objects in pictures, say. */
export const labels: Readonly<Record<string, Template>> = {
  'labels/number': '{value}',
  'labels/share': '{share%}',
  'labels/times': '{value} ×',
  'labels/column/measure': 'measure',
  'labels/column/value': 'value',
  'labels/column/meaning': 'meaning',

  'labels/sets/title': 'Several labels a sample',
  'labels/sets/cardinality': 'labels a sample',
  'labels/sets/cardinality/meaning': 'the mean (cardinality); {density} of all classes (density)',
  'labels/sets/distinct': 'different label sets',
  'labels/sets/distinct/meaning': 'among {samples} samples, {unlabelled} without a label',
  'labels/sets/mean-imbalance': 'mean IRLbl',
  'labels/sets/mean-imbalance/meaning':
    'the samples of the largest label over those of a label, its mean',
  'labels/sets/cv-imbalance': 'CVIR',
  'labels/sets/cv-imbalance/meaning': 'how much IRLbl varies: deviation over mean',
  'labels/sets/scumble': 'SCUMBLE',
  'labels/sets/scumble/meaning':
    '0: rare labels stand apart; towards 1: they share their samples with frequent ones',
  'labels/sets/rare': 'rare labels',
  'labels/sets/rare/meaning': 'with an IRLbl above the mean',

  'labels/pairs/title': 'Rare labels and the frequent ones they come with',
  'labels/pairs/title-some':
    'Rare labels and the frequent ones they come with (not every label was looked at)',
  'labels/pairs/rare': 'rare',
  'labels/pairs/frequent': 'frequent',
  'labels/pairs/together': 'samples with both',
  'labels/pairs/share': 'of those with the rare one',

  'labels/objects/title': 'Objects',
  'labels/objects/images': 'images',
  'labels/objects/images/meaning': 'with and without an object',
  'labels/objects/objects': 'objects',
  'labels/objects/objects/meaning': '{mean} an image',
  'labels/objects/small': 'small objects',
  'labels/objects/medium': 'medium objects',
  'labels/objects/large': 'large objects',
  'labels/objects/unknown': 'objects of unknown size',
  'labels/objects/small/meaning': '{share%}, below 32² pixels',
  'labels/objects/medium/meaning': '{share%}, below 96² pixels',
  'labels/objects/large/meaning': '{share%}, from 96² pixels on',
  'labels/objects/unknown/meaning': '{share%}',
  'labels/objects/rare': 'rare classes',
  'labels/objects/common': 'common classes',
  'labels/objects/frequent': 'frequent classes',
  'labels/objects/absent': 'classes in no image',
  'labels/objects/rare/meaning': 'in up to 10 images (LVIS)',
  'labels/objects/common/meaning': 'in 11 to 100 images',
  'labels/objects/frequent/meaning': 'in more than 100 images',
  'labels/objects/absent/meaning': 'nothing to learn from',
  'labels/objects/repeated': 'images to repeat',
  'labels/objects/repeated/meaning':
    'by repeat-factor sampling at t = {threshold}, LVIS’s: an image comes {mean} times on average, at most {largest} times',
  'labels/objects/repeated/none':
    'at t = {threshold}, LVIS’s: every class is in at least that share of the images. The sampler of a config takes the median share',

  'labels/class/imbalance': 'IRLbl',
  'labels/class/scumble': 'SCUMBLE',
  'labels/class/images': 'images',
  'labels/class/small': 'small',
  'labels/class/medium': 'medium',
  'labels/class/large': 'large',
  'labels/class/group': 'LVIS group',
  'labels/class/repeat': 'repeat factor',
  'labels/group/rare': 'rare',
  'labels/group/common': 'common',
  'labels/group/frequent': 'frequent',
};
