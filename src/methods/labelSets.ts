/**
 * The label sets of samples without an array a sample: those of sample i are
 * `labels[starts[i]]` … `labels[starts[i + 1] - 1]`, ascending, each once.
 */
export interface LabelSets {
  /** samples + 1 places. */
  readonly starts: Uint32Array;
  readonly labels: Uint32Array;
}

/** How many samples carry each label [labels]. */
export const countOfLabels = ({ labels }: LabelSets, count: number): Float64Array => {
  const counts = new Float64Array(count);
  for (let at = 0; at < labels.length; at++) {
    const label = labels[at] ?? 0;
    counts[label] = (counts[label] ?? NaN) + 1;
  }
  return counts;
};

/** Label to samples: those of label j are `samples[starts[j]]` … `samples[starts[j + 1] - 1]`. */
export interface SamplesOfLabels {
  readonly starts: Uint32Array;
  readonly samples: Uint32Array;
}

/** The samples of every label of `count`; `only` leaves out labels that are 0 there. */
export const samplesOfLabels = (
  sets: LabelSets,
  count: number,
  options: {
    /** The order in which to take the samples; else their own. */
    readonly order?: Uint32Array;
    readonly only?: Uint8Array;
  } = {},
): SamplesOfLabels => {
  const { order, only = new Uint8Array(count).fill(1) } = options;
  const starts = new Uint32Array(count + 1);
  for (let at = 0; at < sets.labels.length; at++) {
    const label = sets.labels[at] ?? 0;
    if (only[label] === 1) starts[label + 1] = (starts[label + 1] ?? 0) + 1;
  }
  for (let label = 0; label < count; label++)
    starts[label + 1] = (starts[label + 1] ?? 0) + (starts[label] ?? 0);
  const next = starts.slice();
  const samples = new Uint32Array(starts[count] ?? 0);
  for (let i = 0; i + 1 < sets.starts.length; i++) {
    const sample = order === undefined ? i : (order[i] ?? 0);
    const end = sets.starts[sample + 1] ?? 0;
    for (let at = sets.starts[sample] ?? 0; at < end; at++) {
      const label = sets.labels[at] ?? 0;
      if (only[label] !== 1) continue;
      const place = next[label] ?? 0;
      samples[place] = sample;
      next[label] = place + 1;
    }
  }
  return { starts, samples };
};

const isSameSet = ({ starts, labels }: LabelSets, a: number, b: number): boolean => {
  const [fromA, fromB] = [starts[a] ?? 0, starts[b] ?? 0];
  const length = (starts[a + 1] ?? 0) - fromA;
  if (length !== (starts[b + 1] ?? 0) - fromB) return false;
  for (let at = 0; at < length; at++) if (labels[fromA + at] !== labels[fromB + at]) return false;
  return true;
};

/** Slots to start with at most; the table grows. */
const largestStart = 2 ** 23;

/** A table of twice the slots with the same members. */
const grown = (old: Uint32Array) => {
  const slots = new Uint32Array(2 * old.length);
  const mask = old.length - 1;
  for (let at = 0; at < old.length; at += 2) {
    if (old[at] === 0) continue;
    const hash = old[at + 1] ?? 0;
    let slot = hash & mask;
    while (slots[2 * slot] !== 0) slot = (slot + 1) & mask;
    slots[2 * slot] = old[at] ?? 0;
    slots[2 * slot + 1] = hash;
  }
  return slots;
};

/** How many different sets there are, the empty one included: a hash table of samples, no texts. */
export const countDistinctSets = (sets: LabelSets): number => {
  const { starts, labels } = sets;
  let size = 1024;
  while (size < 2 * starts.length && size < largestStart) size *= 2;
  // Two numbers a slot, beside each other in memory: a sample + 1, and the hash of its set.
  let slots = new Uint32Array(2 * size);
  let mask = size - 1;
  let distinct = 0;
  for (let sample = 0; sample + 1 < starts.length; sample++) {
    const end = starts[sample + 1] ?? 0;
    let hash = 0x811c9dc5;
    for (let at = starts[sample] ?? 0; at < end; at++) {
      hash = Math.imul(hash ^ (labels[at] ?? 0), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    hash >>>= 0;
    let slot = hash & mask;
    let member = slots[2 * slot] ?? 0;
    while (member !== 0 && !(slots[2 * slot + 1] === hash && isSameSet(sets, member - 1, sample))) {
      slot = (slot + 1) & mask;
      member = slots[2 * slot] ?? 0;
    }
    if (member !== 0) continue;
    slots[2 * slot] = sample + 1;
    slots[2 * slot + 1] = hash;
    if (++distinct * 2 <= mask) continue;
    slots = grown(slots);
    mask = slots.length / 2 - 1;
  }
  return distinct;
};
