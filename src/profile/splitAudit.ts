import type { Issue } from '../common/errors';
import { binomialTest, falseDiscoveryCount, wilsonInterval } from '../methods/metrics';
import type { SplitAudit, SplitFacts } from './types';

/** Counts of a split: `labels` by class. */
export interface CountedSplit {
  readonly name: string;
  readonly samples: number;
  readonly labels: Float64Array;
  /**
   * Where labels are objects: pictures with an object, and by class those that contain it. Objects
   * of one picture are not independent, pictures are: these are what is tested.
   */
  readonly images?: { readonly labelled: number; readonly withClass: Float64Array };
}

export interface AuditQuestion {
  readonly classNames: readonly string[];
  /** The split that is trained on. */
  readonly train: CountedSplit;
  readonly others: readonly CountedSplit[];
}

/** Below this a recall is too vague to compare: at one half it may be 20 points off either way. */
const fewToMeasure = 20;
const namesShown = 8;

const total = (values: Float64Array): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
};

/** The classes `has` picks, the first few by name. */
const pick = (
  names: readonly string[],
  has: (id: number) => boolean,
): { readonly count: number; readonly names: readonly string[] } => {
  const found: string[] = [];
  let count = 0;
  for (let id = 0; id < names.length; id++) {
    if (!has(id)) continue;
    count++;
    if (found.length < namesShown) found.push(names[id] ?? '');
  }
  return { count, names: count > found.length ? [...found, '…'] : found };
};

/** Half the sum of the differences of the class shares: what part would have to change its class. */
const distance = (a: Float64Array, b: Float64Array): number => {
  const [ofA, ofB] = [total(a), total(b)];
  let sum = 0;
  for (let id = 0; id < a.length; id++) sum += Math.abs((a[id] ?? 0) / ofA - (b[id] ?? 0) / ofB);
  return sum / 2;
};

/** What is counted of a split by class, and out of how many. */
const trialsOf = ({ labels, images }: CountedSplit) =>
  images === undefined
    ? { counts: labels, of: total(labels) }
    : { counts: images.withClass, of: images.labelled };

/**
 * p-value a class that its share in both splits is one: given how many samples it has in the two
 * together, those in the second are binomial. Exact where a chi-squared test fails, at counts of 0
 * and 1. Przyborowski and Wilenski, Biometrika 1940. For a class that is in most pictures the count
 * varies less than a binomial one (it is hypergeometric): there the test finds less, never more.
 */
const driftValues = (train: CountedSplit, other: CountedSplit): Float64Array => {
  const [first, second] = [trialsOf(train), trialsOf(other)];
  const share = second.of / (second.of + first.of);
  return first.counts.map((count, id) => {
    const own = second.counts[id] ?? 0;
    return binomialTest(own, own + count, share);
  });
};

/** The classes whose shares differ beyond chance, the surest first by name. */
const drifted = (
  classNames: readonly string[],
  train: CountedSplit,
  other: CountedSplit,
): { readonly count: number; readonly names: readonly string[] } => {
  const values = driftValues(train, other);
  const count = falseDiscoveryCount(values);
  if (count === 0) return { count, names: [] };
  const limit = values.slice().sort()[count - 1] ?? 0;
  const surest = Array.from(values.keys())
    .filter((id) => (values[id] ?? 1) <= limit)
    .sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b)
    .slice(0, namesShown)
    .map((id) => classNames[id] ?? '');
  return { count, names: count > surest.length ? [...surest, '…'] : surest };
};

const auditOne = (
  { classNames, train }: AuditQuestion,
  split: CountedSplit,
): { readonly facts: SplitFacts; readonly findings: readonly Issue[] } => {
  const { name, samples, labels } = split;
  const findings: Issue[] = [];
  const known = (id: number): boolean => (train.labels[id] ?? 0) > 0;
  const own = (id: number): number => labels[id] ?? 0;
  const absent = pick(classNames, (id) => known(id) && own(id) === 0);
  const few = pick(classNames, (id) => own(id) > 0 && own(id) < fewToMeasure);
  const filled = pick(classNames, known).count;
  if (samples < filled)
    findings.push({
      severity: 'warning',
      code: split.images === undefined ? 'audit/tiny-split' : 'audit/tiny-split-objects',
      params: { split: name, samples, classes: filled },
    });
  if (few.count > 0) {
    const [low, high] = wilsonInterval(fewToMeasure / 2, fewToMeasure);
    findings.push({
      severity: 'info',
      code: split.images === undefined ? 'audit/few-to-measure' : 'audit/few-objects',
      params: { split: name, count: few.count, names: few.names, limit: fewToMeasure, low, high },
      count: few.count,
    });
  }
  const apart = distance(train.labels, labels);
  const drift = drifted(classNames, train, split);
  if (drift.count > 0)
    findings.push({
      severity: 'info',
      code: split.images === undefined ? 'audit/drift' : 'audit/drift-objects',
      params: {
        split: name,
        train: train.name,
        share: apart,
        count: drift.count,
        names: drift.names,
      },
      count: drift.count,
    });
  const facts: SplitFacts = {
    name,
    samples,
    absent: absent.count,
    fewToMeasure: few.count,
    distance: apart,
    drifted: drift.count,
  };
  return { facts, findings };
};

/**
 * What the splits beside the training split can measure: classes that are absent or too few there,
 * class shares that are not those of training, splits with less than a sample a class. Splits
 * without labels are left out; null where none remains.
 */
export const auditSplits = (question: AuditQuestion): SplitAudit | null => {
  const labelled = question.others.filter(({ labels }) => total(labels) > 0);
  if (labelled.length === 0 || total(question.train.labels) === 0) return null;
  const audited = labelled.map((split) => auditOne(question, split));
  return {
    splits: audited.map(({ facts }) => facts),
    findings: audited.flatMap(({ findings }) => findings),
  };
};
