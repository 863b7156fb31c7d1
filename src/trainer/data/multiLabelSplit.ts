import { createRandom, shuffle } from '../../common/random';
import type { LabelSets } from './multiLabel';

/** How many rows each part should have of each class and in all. */
interface Wanted {
  readonly all: number;
  readonly ofClass: readonly number[];
}

interface Question {
  readonly rows: Uint32Array;
  readonly sets: LabelSets;
  readonly classNames: readonly string[];
  /** What is held out of a class with so many rows, by part; the rest is the first part's. */
  readonly heldOut: readonly ((count: number) => number)[];
  readonly shares: readonly number[];
  readonly seed: number;
}

const wantedOf = ({ rows, heldOut, shares }: Question, counts: readonly number[]): Wanted[] => {
  const held = heldOut.map((of, part): Wanted => ({
    all: rows.length * (shares[part] ?? 0),
    ofClass: counts.map(of),
  }));
  const rest = (all: number, of: (part: Wanted) => number): number =>
    held.reduce((left, part) => left - of(part), all);
  const first: Wanted = {
    all: rest(rows.length, ({ all }) => all),
    ofClass: counts.map((count, id) => rest(count, ({ ofClass }) => ofClass[id] ?? 0)),
  };
  return [first, ...held];
};

/** Places of the largest values. */
const largest = (values: readonly number[], among: readonly number[]): readonly number[] => {
  const most = Math.max(...among.map((place) => values[place] ?? 0));
  return among.filter((place) => values[place] === most);
};

/**
 * Iterative stratification (Sechidis et al., ECML 2011, algorithm 1): the class with the fewest
 * rows left hands them out first, each to the part that still wants most of the class, then most
 * rows, then by a seeded draw; rows without a label go where rows are wanted. What a part wants of
 * a class is what the hold-out of one label an item takes of it, so a class under 5 rows stays in
 * training. Gives the rows of every part, the first being what is left; each in no order.
 */
export const stratifyLabelSets = (question: Question): readonly number[][] => {
  const { rows, sets, classNames, seed } = question;
  const random = createRandom(seed, 'hold-out', 'label-sets');
  const ofClass: number[][] = classNames.map(() => []);
  const unlabelled: number[] = [];
  for (const row of shuffle(Array.from(rows), random)) {
    const labels = sets.labelsOf(row);
    if (labels.length === 0) unlabelled.push(row);
    for (const id of labels) ofClass[id]?.push(row);
  }
  const left = ofClass.map((own) => own.length);
  const wanted = wantedOf(question, left);
  const wantedRows = wanted.map(({ all }) => all);
  const wantedOfClass = wanted.map((part) => [...part.ofClass]);
  const parts: number[][] = wanted.map(() => []);
  const everyPart = wanted.map((_, part) => part);
  const done = new Set<number>();

  const give = (row: number, candidates: readonly number[]): void => {
    const most = largest(wantedRows, candidates);
    const part = most[most.length === 1 ? 0 : random.nextInt(most.length)] ?? 0;
    parts[part]?.push(row);
    done.add(row);
    wantedRows[part] = (wantedRows[part] ?? 0) - 1;
    const own = wantedOfClass[part];
    for (const id of sets.labelsOf(row)) {
      if (own !== undefined) own[id] = (own[id] ?? 0) - 1;
      left[id] = (left[id] ?? 0) - 1;
    }
  };
  for (;;) {
    let rarest = -1;
    left.forEach((count, id) => {
      if (count > 0 && (rarest === -1 || count < (left[rarest] ?? 0))) rarest = id;
    });
    if (rarest === -1) break;
    for (const row of ofClass[rarest] ?? []) {
      if (done.has(row)) continue;
      const demand = wantedOfClass.map((own) => own[rarest] ?? 0);
      give(row, largest(demand, everyPart));
    }
  }
  for (const row of unlabelled) give(row, everyPart);
  return parts;
};
