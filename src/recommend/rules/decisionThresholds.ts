import { because, noFigure, ranks, type Rule } from '../rule';

/** Thresholds chosen on validation, per class or label, on scores that stay as they are. */
export const decisionThresholds: Rule = {
  id: 'decision-thresholds',
  when: ranks({ 'severe-binary': 1, 'as-trained': 1, 'multi-label': 2 }),
  because: because('decision-thresholds'),
  source: { paper: 'Collell et al., Neurocomputing 2018', place: 'threshold moving' },
  expected: noFigure,
  // Of more than two classes that exclude each other they are tried on the report page, not advised.
  patch: ({ situation, facts }) =>
    situation === 'multi-label' || facts.classes.length === 2
      ? { posthoc: { kind: 'thresholds' } }
      : null,
};
