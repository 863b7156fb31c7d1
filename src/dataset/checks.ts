import type { Issue } from '../common/errors';
import { hashText } from './fingerprint';
import { issue, issueOfMany } from './issues';

/** What the checks look at: `counts[split][class]` labels, missing entries are 0. */
export interface CountedIndex {
  readonly classNames: readonly string[];
  readonly splitNames: readonly string[];
  readonly counts: readonly Uint32Array[];
  readonly samples: number;
  readonly unlabelled: number;
  /** Labels are objects: a picture without one is background. */
  readonly hasObjects?: boolean;
  /** Labels are entities in texts: a text without one is no mistake. */
  readonly hasSpans?: boolean;
}

const folded = (name: string): string =>
  (/^[\x21-\x7e]*$/.test(name) ? name : name.normalize('NFKC').trim()).toLowerCase();

/** Names that differ only by case or by Unicode composition: "Cat" and "cat", "é" in two forms. */
const twins = (names: readonly string[]): string[] => {
  // Hashes first: a million folded names at once would take more room than the index.
  const hashes = new Int32Array(names.length);
  for (let id = 0; id < hashes.length; id++) hashes[id] = hashText(folded(names[id] ?? ''), 0);
  const ordered = hashes.slice().sort();
  const repeated = new Set(ordered.filter((hash, at) => at > 0 && hash === ordered[at - 1]));
  const seen = new Map<string, string>();
  const found: string[] = [];
  names.forEach((name, id) => {
    if (!repeated.has(hashes[id] ?? 0)) return;
    const form = folded(name);
    const first = seen.get(form);
    if (first === undefined) seen.set(form, name);
    else found.push(`${first} / ${name}`);
  });
  return found;
};

/** What is odd about the classes and splits of any dataset, from counts alone. */
export const checkIndex = (index: CountedIndex): Issue[] => {
  const { classNames, counts } = index;
  const issues: Issue[] = [];
  if (index.samples === 0) return [issue('error', 'dataset/no-samples')];
  const totals = new Float64Array(classNames.length);
  for (const bySplit of counts)
    for (let id = 0; id < totals.length; id++) totals[id] = (totals[id] ?? 0) + (bySplit[id] ?? 0);
  const filled = totals.filter((total) => total > 0).length;
  if (filled === 0) issues.push(issue('error', 'dataset/no-labels'));
  else if (filled === 1) issues.push(issue('warning', 'dataset/one-class'));
  const empty = classNames.filter((_, id) => totals[id] === 0);
  if (empty.length > 0 && filled > 0)
    issues.push(issueOfMany('warning', 'dataset/empty-class', empty));
  const same = twins(classNames);
  if (same.length > 0) issues.push(issueOfMany('warning', 'dataset/class-twins', same));
  const count = index.unlabelled;
  if (count > 0 && index.hasObjects === true)
    issues.push(issue('info', 'dataset/background', {}, { count }));
  else if (count > 0 && index.hasSpans === true)
    issues.push(issue('info', 'dataset/no-spans', {}, { count }));
  else if (count > 0) issues.push(issue('warning', 'dataset/unlabelled', {}, { count }));
  issues.push(...checkSplits(index, totals));
  return issues;
};

const checkSplits = (index: CountedIndex, totals: Float64Array): Issue[] => {
  const issues: Issue[] = [];
  const labelled = (name: string): Uint32Array | undefined => {
    const counts = index.counts[index.splitNames.indexOf(name)];
    return counts?.some((count) => count > 0) === true ? counts : undefined;
  };
  const missing = (counts: Uint32Array): string[] =>
    index.classNames.filter((_, id) => (counts[id] ?? 0) === 0 && (totals[id] ?? 0) > 0);
  const train = labelled('train');
  if (train !== undefined) {
    const absent = missing(train);
    if (absent.length > 0)
      issues.push(issueOfMany('warning', 'dataset/class-not-in-train', absent));
    for (const split of ['validation', 'test'] as const) {
      const counts = labelled(split);
      if (counts === undefined) continue;
      const unseen = missing(counts);
      if (unseen.length > 0)
        issues.push(issueOfMany('info', 'dataset/class-not-in-split', unseen, { split }));
    }
    if (labelled('validation') === undefined) issues.push(issue('info', 'dataset/no-validation'));
  } else if (labelled('validation') !== undefined || labelled('test') !== undefined) {
    issues.push(issue('warning', 'dataset/no-train', { splits: [...index.splitNames] }));
  }
  return issues;
};
