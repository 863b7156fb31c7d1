import type { Template } from '../say';

/** What the audit of splits found. */
export const audit: Readonly<Record<string, Template>> = {
  'audit/tiny-split':
    '{split} has {samples} samples for {classes} classes: it cannot measure each. Hold out more, or cross-validate.',
  'audit/few-to-measure': {
    one: '{count} class has fewer than {limit} samples in {split}: {names}. Of {limit}, a recall of one half is anything from {low%} to {high%}: read such recalls as k of n.',
    other:
      '{count} classes have fewer than {limit} samples in {split}: {names}. Of {limit}, a recall of one half is anything from {low%} to {high%}: read such recalls as k of n.',
  },
  'audit/tiny-split-objects':
    '{split} has {samples} pictures for {classes} classes: it cannot measure each. Hold out more, or cross-validate.',
  'audit/few-objects': {
    one: '{count} class has fewer than {limit} objects in {split}: {names}. Of {limit}, a recall of one half is anything from {low%} to {high%}: read such recalls as k of n.',
    other:
      '{count} classes have fewer than {limit} objects in {split}: {names}. Of {limit}, a recall of one half is anything from {low%} to {high%}: read such recalls as k of n.',
  },
  'audit/drift': {
    one: '{split} has other class shares than {train}: {share%} of its labels would have to change, and {count} class differs beyond chance ({names}). Accuracy there speaks for its shares; compare balanced accuracy.',
    other:
      '{split} has other class shares than {train}: {share%} of its labels would have to change, and {count} classes differ beyond chance ({names}). Accuracy there speaks for its shares; compare balanced accuracy.',
  },
  'audit/drift-objects': {
    one: '{split} has other class shares than {train}: {share%} of its objects would have to be of another class, and {count} class is in more or fewer of its pictures than chance explains ({names}). A score over all objects speaks for those shares; compare the mean over classes.',
    other:
      '{split} has other class shares than {train}: {share%} of its objects would have to be of another class, and {count} classes are in more or fewer of its pictures than chance explains ({names}). A score over all objects speaks for those shares; compare the mean over classes.',
  },
};
