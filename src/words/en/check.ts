import type { Template } from '../say';

/** What a check for continuous integration says. */
export const check: Readonly<Record<string, Template>> = {
  'check/passed': {
    one: 'The one class is within the limits.',
    other: 'All {count} classes are within the limits.',
  },
  'check/passed-baseline': {
    one: 'The one class is within the limits and lost no more than allowed since the baseline.',
    other:
      'All {count} classes are within the limits and lost no more than allowed since the baseline.',
  },
  'check/nothing-set': {
    one: 'No limit was set for the one class.',
    other: 'No limit was set for the {count} classes.',
  },
  'check/failed': {
    one: 'One limit is broken.',
    other: '{count} limits are broken.',
  },
  'check/more': {
    one: 'and one more; --format json lists all.',
    other: 'and {count} more; --format json lists all.',
  },
  'check/level/warning': 'warning',
  'check/level/note': 'note',

  'check/class-too-small': {
    one: '{name}: {count} sample, fewer than {limit}',
    other: '{name}: {count} samples, fewer than {limit}',
  },
  'check/class-too-large': {
    one: '{name}: {count} sample, more than {limit}',
    other: '{name}: {count} samples, more than {limit}',
  },
  'check/class-too-skewed': {
    one: '{name}: {count} sample, {largest} has {ratio} times as many (allowed: {limit})',
    other: '{name}: {count} samples, {largest} has {ratio} times as many (allowed: {limit})',
  },
  'check/class-empty': '{name}: no sample at all',
  'check/class-too-small-objects': {
    one: '{name}: {count} object, fewer than {limit}',
    other: '{name}: {count} objects, fewer than {limit}',
  },
  'check/class-too-large-objects': {
    one: '{name}: {count} object, more than {limit}',
    other: '{name}: {count} objects, more than {limit}',
  },
  'check/class-too-skewed-objects': {
    one: '{name}: {count} object, {largest} has {ratio} times as many (allowed: {limit})',
    other: '{name}: {count} objects, {largest} has {ratio} times as many (allowed: {limit})',
  },
  'check/class-empty-objects': '{name}: no object at all',
  'check/class-missing': '{name}: there is a limit for it, but no such class',
  'check/class-missing-near':
    '{name}: there is a limit for it, but no such class. Is “{near}” meant?',
  'check/split-missing': 'there is a limit for the split {split}, but only {known}',
  'check/metric-above': '{metric} is {now}, above {limit}',
  'check/metric-below': '{metric} is {now}, below {limit}',
  'check/metric-undefined':
    '{metric} has no value here (an empty class, a single one, or no sample), so its limit cannot hold',
  'check/class-fell': '{name} fell from {before} to {now} (allowed: {allowed%})',
  'check/class-gone': '{name} is gone (count before: {before})',
  'check/class-new': '{name} is new (count: {count})',
  'check/split-gone': 'the split {split} is gone; it had {before} samples',
  'check/split-new': 'the split {split} is new, with {samples} samples',
  'check/split-fell': 'the split {split} fell from {before} to {now} samples (allowed: {allowed%})',
  'check/profiled-split-changed':
    'what is profiled is {now} now and was {before}: compare its numbers with care',

  'check/rule/class-too-small': 'A class has fewer samples than its limit.',
  'check/rule/class-too-large': 'A class has more samples than its limit.',
  'check/rule/class-too-skewed': 'The largest class is too many times larger than another.',
  'check/rule/class-empty': 'A class has no sample.',
  'check/rule/class-missing': 'A class that has a limit is not in the dataset.',
  'check/rule/split-missing': 'A split that has a limit is not in the dataset.',
  'check/rule/metric-above': 'A measure of the class counts is above its limit.',
  'check/rule/metric-below': 'A measure of the class counts is below its limit.',
  'check/rule/metric-undefined': 'A measure that has a limit has no value.',
  'check/rule/class-fell': 'A class lost more samples than allowed since the baseline.',
  'check/rule/class-gone': 'A class of the baseline has no sample any more.',
  'check/rule/class-new': 'A class is new since the baseline.',
  'check/rule/split-gone': 'A split of the baseline is gone.',
  'check/rule/split-new': 'A split is new since the baseline.',
  'check/rule/split-fell': 'A split lost more samples than allowed since the baseline.',
  'check/rule/profiled-split-changed': 'Another split is profiled than in the baseline.',
  'check/help':
    'Restore or collect the samples, or change the limit or the baseline where the change is meant: “longtail check PATH --write-baseline FILE”.',

  'check/mark/error': '❌',
  'check/mark/warning': '⚠️',
  'check/mark/note': 'ℹ️',
  'check/mark/passed': '✅',
  'check/column/what': 'what',
  'check/column/before': 'before',
  'check/column/now': 'now',
  'check/column/limit': 'limit',
  'check/column/number': 'number',
  'check/counted': 'Counted in the split {split}, {count} classes.',
  'check/counted-all': 'Counted over all samples, {count} classes.',

  'check/unknown-metric': '“{name}” is no number of a profile. There are: {known}.',
  'check/unknown-metric-near': '“{name}” is no number of a profile. Did you mean “{near}”?',
  'check/baseline-unreadable': '{path}, the baseline, cannot be read as JSON: {detail}',
  'check/no-baseline':
    '{path} is no baseline. Write one with “longtail check PATH --write-baseline FILE”; what “longtail scan PATH --json” prints serves too.',
};
