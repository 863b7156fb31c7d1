import { minorityLabels, rarePairs, togetherTable } from '../methods/distribution';
import type { RarePairs } from '../methods/distribution';
import { countOfLabels, type LabelSets } from '../methods/labelSets';
import { rarestCounts } from '../methods/sampling';
import type { RarestFacts, TogetherFacts } from './types';

/** Pairs of a rare and a frequent label that are kept. */
const mostPairs = 20;
/** Rare and frequent labels of the table: as many as a picture of it can name. */
const mostRows = 16;
const mostColumns = 12;

/** What label sets say of labels that come together. */
export interface Companions {
  readonly rare: readonly number[];
  readonly pairs: RarePairs;
  /** null where no rare label comes with a frequent one. */
  readonly together: TogetherFacts | null;
  readonly rarest: RarestFacts;
}

/** Rare labels (IRLbl above the mean) and what they come with, of the sets of the profiled split. */
export const companions = (sets: LabelSets, classNames: readonly string[]): Companions => {
  const counts = countOfLabels(sets, classNames.length);
  const rare = minorityLabels(counts);
  const pairs = rarePairs({ sets, counts, rare, most: mostPairs });
  const rows = pairs.pairs.slice(0, mostRows).map((pair) => pair.rare);
  const table = togetherTable({ sets, counts, rows, rare, most: mostColumns });
  const named = (labels: readonly number[]) =>
    labels.map((label) => ({ name: classNames[label] ?? '', samples: counts[label] ?? 0 }));
  return {
    rare,
    pairs,
    together:
      rows.length === 0
        ? null
        : {
            rare: named(table.rare),
            frequent: named(table.frequent),
            samples: table.together,
            rareLabels: rare.length,
          },
    rarest: rarestCounts(sets, counts),
  };
};
