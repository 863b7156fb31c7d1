import { samplesOfLabels, type LabelSets } from '../labelSets';
import { at } from '../numbers';
import type { Numbers } from '../numbers';

/** Rare labels crossed with frequent ones. */
export interface TogetherTable {
  /** Labels of the rows, and of the columns. */
  readonly rare: readonly number[];
  readonly frequent: readonly number[];
  /** [rare][frequent] samples that have both. */
  readonly together: readonly (readonly number[])[];
}

export interface TogetherQuestion {
  readonly sets: LabelSets;
  /** Samples with each label [labels]. */
  readonly counts: Numbers;
  /** Labels of the rows; their samples are all looked at. */
  readonly rows: readonly number[];
  /** Labels that are rare and so in no column. */
  readonly rare: readonly number[];
  /** Columns at most. */
  readonly most: number;
}

/**
 * How many samples of each of some rare labels have each of the frequent labels they share most
 * with; the columns are those with the largest sum of shares. Rows and columns by falling count.
 */
export const togetherTable = (question: TogetherQuestion): TogetherTable => {
  const { sets, counts, rare, most } = question;
  const labels = counts.length;
  const byCount = (a: number, b: number): number => at(counts, b) - at(counts, a) || a - b;
  const rows = [...question.rows].sort(byCount);
  const wanted = new Uint8Array(labels);
  for (const label of rows) wanted[label] = 1;
  const isRare = new Uint8Array(labels);
  for (const label of rare) isRare[label] = 1;
  const index = samplesOfLabels(sets, labels, { only: wanted });
  const shareSums = new Map<number, number>();
  const found = rows.map((label) => {
    const partners = new Map<number, number>();
    for (let i = index.starts[label] ?? 0; i < (index.starts[label + 1] ?? 0); i++) {
      const sample = index.samples[i] ?? 0;
      for (let p = sets.starts[sample] ?? 0; p < (sets.starts[sample + 1] ?? 0); p++) {
        const other = sets.labels[p] ?? 0;
        if (isRare[other] === 0) partners.set(other, (partners.get(other) ?? 0) + 1);
      }
    }
    for (const [other, both] of partners)
      shareSums.set(other, (shareSums.get(other) ?? 0) + both / at(counts, label));
    return partners;
  });
  const frequent = [...shareSums]
    .sort(([a, sumA], [b, sumB]) => sumB - sumA || byCount(a, b))
    .slice(0, most)
    .map(([label]) => label)
    .sort(byCount);
  return {
    rare: rows,
    frequent,
    together: found.map((partners) => frequent.map((label) => partners.get(label) ?? 0)),
  };
};
