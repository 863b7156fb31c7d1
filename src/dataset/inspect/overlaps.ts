import type { DatasetIndex } from '../types';
import type { SplitOverlap } from './types';

const rank = (split: string): number => {
  const place = ['train', 'validation', 'test'].indexOf(split);
  return place < 0 ? 3 : place;
};

/** Counts the samples of a split that an earlier one holds too: train, validation, test, others. */
export class Overlaps {
  private readonly found = new Map<string, { from: number; to: number; samples: number }>();
  private readonly place: readonly number[];

  constructor(private readonly index: Pick<DatasetIndex, 'splitNames' | 'split'>) {
    const { splitNames } = index;
    const order = splitNames
      .map((_, id) => id)
      .sort((a, b) => rank(splitNames[a] ?? '') - rank(splitNames[b] ?? '') || a - b);
    this.place = splitNames.map((_, id) => order.indexOf(id));
  }

  /** `samples` of split `to` are in `from` as well; nothing where `to` is the earlier of the two. */
  add(from: number, to: number, samples: number): void {
    if ((this.place[from] ?? 0) >= (this.place[to] ?? 0)) return;
    const key = `${from} ${to}`;
    const known = this.found.get(key) ?? { from, to, samples: 0 };
    this.found.set(key, { ...known, samples: known.samples + samples });
  }

  list(): SplitOverlap[] {
    const { splitNames, split } = this.index;
    const totals = new Float64Array(splitNames.length);
    for (const id of split) totals[id] = (totals[id] ?? 0) + 1;
    const name = (id: number): string => splitNames[id] ?? '';
    /** Training and test, then training and validation, then the others. */
    const order = ({ from, to }: SplitOverlap): number =>
      from === 'train' ? (to === 'test' ? 0 : 1) : 2 + rank(from);
    return [...this.found.values()]
      .map(({ from, to, samples }) => ({
        from: name(from),
        to: name(to),
        samples,
        of: totals[to] ?? 0,
      }))
      .sort((a, b) => order(a) - order(b) || b.samples - a.samples);
  }
}
