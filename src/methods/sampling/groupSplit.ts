import { shuffle } from '../../common/random';
import { countOfLabels } from '../labelSets';
import type { StratifiedQuestion } from './stratifiedSplit';

export interface GroupQuestion extends StratifiedQuestion {
  /** Group of every sample, below `groups`; every group has a sample. */
  readonly groupOf: Uint32Array;
  readonly groups: number;
}

/** The labels of every group with how many of its samples have them; CSR. */
interface GroupLabels {
  readonly starts: Uint32Array;
  readonly labels: Uint32Array;
  readonly counts: Float64Array;
  readonly sizes: Float64Array;
}

/** One label more than there are: all samples have it, so that parts get their share of samples. */
const labelsOfGroups = ({ sets, labels, groupOf, groups }: GroupQuestion): GroupLabels => {
  const sizes = new Float64Array(groups);
  for (const group of groupOf) sizes[group] = (sizes[group] ?? 0) + 1;
  const first = new Uint32Array(groups + 1);
  sizes.forEach((size, group) => (first[group + 1] = (first[group] ?? 0) + size));
  const next = first.slice();
  const members = new Uint32Array(groupOf.length);
  groupOf.forEach((group, sample) => {
    members[next[group] ?? 0] = sample;
    next[group] = (next[group] ?? 0) + 1;
  });
  const starts = new Uint32Array(groups + 1);
  const found = new Uint32Array(sets.labels.length + groups);
  const counts = new Float64Array(sets.labels.length + groups);
  const placeOf = new Int32Array(labels).fill(-1);
  let end = 0;
  for (let group = 0; group < groups; group++) {
    const start = end;
    found[end] = labels;
    counts[end++] = sizes[group] ?? 0;
    for (const sample of members.subarray(first[group], first[group + 1])) {
      const to = sets.starts[sample + 1] ?? 0;
      for (let at = sets.starts[sample] ?? 0; at < to; at++) {
        const label = sets.labels[at] ?? 0;
        const known = placeOf[label] ?? -1;
        const place = known >= start ? known : end++;
        if (place !== known) found[place] = label;
        placeOf[label] = place;
        counts[place] = (counts[place] ?? 0) + 1;
      }
    }
    starts[group + 1] = end;
  }
  return { starts, labels: found, counts, sizes };
};

/**
 * The part of every sample where no group may be parted: greedy, the largest group first, each to
 * the part where the shares of its labels then lie nearest to the wanted ones in squares, all
 * samples counting as one label more (the idea of scikit-learn's StratifiedGroupKFold, for parts
 * of any share). A label whose groups are about to run out goes to a part that lacks it, so that
 * one in as many groups as there are parts is in all of them, if its groups have no other label.
 */
export const groupSplit = (question: GroupQuestion): Uint8Array => {
  const { sets, labels, shares, random, groupOf, groups } = question;
  const own = labelsOfGroups(question);
  const parts = shares.length;
  const total = new Float64Array([...countOfLabels(sets, labels), groupOf.length]);
  /** [label × parts] samples given so far. */
  const given = new Float64Array((labels + 1) * parts);
  const lacking = new Uint8Array(labels + 1).fill(parts);
  const groupsLeft = new Uint32Array(labels + 1);
  for (const label of own.labels.subarray(0, own.starts[groups]))
    groupsLeft[label] = (groupsLeft[label] ?? 0) + 1;
  const order = shuffle(
    new Uint32Array(groups).map((_, i) => i),
    random,
  ).sort((a, b) => (own.sizes[b] ?? 0) - (own.sizes[a] ?? 0));
  const partOf = new Uint8Array(groups);

  const cost = (group: number, part: number): number => {
    let sum = 0;
    const end = own.starts[group + 1] ?? 0;
    for (let at = own.starts[group] ?? 0; at < end; at++) {
      const label = own.labels[at] ?? 0;
      const all = total[label] ?? 1;
      const has = given[label * parts + part] ?? 0;
      // The square of what is added is the same for every part and left out.
      sum += ((own.counts[at] ?? 0) / all) * (has / all - (shares[part] ?? 0));
      if (has === 0 && (groupsLeft[label] ?? 0) <= (lacking[label] ?? 0)) sum -= 1;
    }
    return sum;
  };
  for (const group of order) {
    let best = 0;
    let least = cost(group, 0);
    for (let part = 1; part < parts; part++) {
      const own = cost(group, part);
      if (own < least) [best, least] = [part, own];
    }
    partOf[group] = best;
    const end = own.starts[group + 1] ?? 0;
    for (let at = own.starts[group] ?? 0; at < end; at++) {
      const label = own.labels[at] ?? 0;
      const place = label * parts + best;
      if (given[place] === 0) lacking[label] = (lacking[label] ?? 0) - 1;
      given[place] = (given[place] ?? 0) + (own.counts[at] ?? 0);
      groupsLeft[label] = (groupsLeft[label] ?? 0) - 1;
    }
  }
  return Uint8Array.from(groupOf, (group) => partOf[group] ?? 0);
};
