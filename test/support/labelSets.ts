import type { LabelSets } from '../../src/methods/labelSets';

/** Columns of label sets that are written as arrays; order and repeats do not matter. */
export const labelSetsOf = (samples: readonly (readonly number[])[]): LabelSets => {
  const sorted = samples.map((own) => [...new Set(own)].sort((a, b) => a - b));
  const starts = new Uint32Array(samples.length + 1);
  sorted.forEach((own, i) => (starts[i + 1] = (starts[i] ?? 0) + own.length));
  return { starts, labels: Uint32Array.from(sorted.flat()) };
};
