import type { Template } from '../say';

const against =
  'On {set} balanced accuracy changed by {gain.1} points over plain training, with {other} by {best.1}';
const paper = ' (published, with a larger schedule: {low.1})';
const papers = ' (published, with larger schedules: {low.1} to {high.1})';
const alike = ': no clear difference, and it is not combined with another correction';

/** Why a method is not recommended for a profile. */
export const whyNot: Readonly<Record<string, Template>> = {
  'whynot/nothing-to-tell-apart': {
    one: 'Only one class has training samples: there is nothing to tell apart.',
    other: '{count} classes have training samples: there is nothing to tell apart.',
  },
  'whynot/task': 'It is defined for {tasks}; this dataset is for {task}.',
  'whynot/modality': 'It works on pictures; these samples are {modality}.',
  'whynot/as-trained':
    'If the model meets the class shares of the training data (ratio {ratio}), the skew is information; correcting it costs accuracy there.',
  'whynot/balanced':
    'The classes differ too little: below a ratio of about 3 no paper reports a gain from re-balancing.',
  'whynot/over-budget':
    'It trains once more: about {minutes} minutes in all, and {budget} are allowed.',
  'whynot/over-any-budget':
    'It takes several trainings on a GPU; {budget} minutes are allowed here.',
  'whynot/needs-network':
    'It needs the network or its features, not only its outputs (--model weights).',
  'whynot/label-noise':
    'You expect wrong labels: it would turn up the few samples of {name} ({smallest}), wrong ones with them.',
  'whynot/same-as-recommended': 'It is {other} under another name, which is recommended.',
  'whynot/same-as': 'It is {other} up to a constant; see there.',
  'whynot/many-classes':
    'With {classes} classes the rare ones are learnt by heart: on 100 classes it fell from {from.1} to {to.1} % (Cao et al. 2019).',
  'whynot/gains-less': `${against}.`,
  'whynot/gains-less-paper': `${against}${paper}.`,
  'whynot/gains-less-papers': `${against}${papers}.`,
  'whynot/no-better': `${against}${alike}.`,
  'whynot/no-better-paper': `${against}${paper}${alike}.`,
  'whynot/no-better-papers': `${against}${papers}${alike}.`,
  'whynot/no-figure':
    'It was not measured beside what is recommended for a case like this one (ratio {ratio}, {classes} classes).',

  'whynot/collect-data':
    'The smallest class, {name}, has {smallest} samples: enough to learn and to measure. More never hurt.',
  'whynot/fix-labels': 'Nobody said that labels are wrong; counts cannot show it.',
  'whynot/drop-empty-classes': 'Every class has training samples.',
  'whynot/calibrate-probabilities':
    'Nobody asked for probabilities (--metric calibration); where only the best class counts they change nothing.',
  'whynot/calibrated-trees':
    'It is for two classes at a ratio of 100 or more; these are {classes} at {ratio}.',
  'whynot/calibrated-trees-modality': 'Boosted trees want tables; these samples are {modality}.',
  'whynot/per-class-scores': 'Scores of every class are in every report anyway.',
  'whynot/expert-ensemble':
    'Several networks take several times the training and a GPU; Longtail does not train them.',
  'whynot/smote':
    'Points between two pictures or texts are neither. For tables, gains vanish against a threshold on a calibrated model (van den Goorbergh et al. 2022). It is not built.',
  'whynot/leave-alone':
    'The largest class has {ratio} times the samples of the smallest, so plain training misses rare ones; it is right if the model meets these shares.',
  'whynot/thresholds-many':
    'Of {classes} classes that exclude each other, a sample may pass several thresholds or none: only their ratios decide. Adjusting by the class shares sets them all at once; the report page tries others.',
  'whynot/thresholds-two':
    'Adjusting by the class shares moves the threshold to where theory wants it, without being fitted.',
  'whynot/frozen-backbone-grey':
    'The pictures are grey; the features are of colour photos and were not measured on these.',
  'whynot/frozen-backbone-photos':
    'The features are of everyday photos, and these samples are something else.',
  'whynot/frozen-backbone-size':
    'There are {samples} samples, enough to train from scratch; the size of the pictures is not known.',
  'whynot/frozen-backbone-quick':
    'With {samples} samples training from scratch, baseline and recipe, takes about {minutes} minutes here.',
};
