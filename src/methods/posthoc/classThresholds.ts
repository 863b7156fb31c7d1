import { at, map } from '../numbers';
import type { Numbers } from '../numbers';

/**
 * What thresholds of classes that exclude each other [C] add to the logits: the class of the largest
 * p_j / t_j is that of the largest z_j - log t_j. Only their ratios count; of two classes, t and
 * 1 - t predict the first from a probability of t on. Elkan, IJCAI 2001 (weights 1 / t_j).
 */
export const classThresholdOffsets = (thresholds: Numbers): Float64Array =>
  map(thresholds, (t) => -Math.log(Math.max(t, 1e-300)));

/** The threshold of a class that none was given for, and the largest one of those that are found. */
export const usualThreshold = 0.5;

/**
 * Thresholds given by class, in the order of the names: one half for a class that is not named. Of
 * two classes that exclude each other, the one that is not named has the rest to 1.
 */
export const thresholdsInOrder = (
  given: Readonly<Record<string, number>>,
  names: readonly string[],
  exclusive: boolean,
): readonly number[] => {
  const own = (name: string | undefined): number | undefined =>
    name !== undefined && Object.hasOwn(given, name) ? given[name] : undefined;
  const other = (j: number): number | undefined => {
    const threshold = exclusive && names.length === 2 ? own(names[1 - j]) : undefined;
    return threshold === undefined ? undefined : Math.max(1 - threshold, 1e-12);
  };
  return names.map((name, j) => own(name) ?? other(j) ?? usualThreshold);
};

/** What decides, item by item, whether one class is predicted while the others stand still. */
export interface Rivalry {
  /** The class predicted otherwise [items]; -1 where there is no other. */
  readonly rivals: Int32Array;
  /** The class is predicted where its own offset is above this [items]. */
  readonly margins: Float64Array;
}

/** Rivals of a class in logits [items][C] with offsets [C]. */
export const rivalsOf = (logits: Float32Array, offsets: Float64Array, own: number): Rivalry => {
  const classes = offsets.length;
  const items = logits.length / classes;
  const rivals = new Int32Array(items);
  const margins = new Float64Array(items);
  for (let i = 0, from = 0; i < items; i++, from += classes) {
    let rival = -1;
    let top = -Infinity;
    for (let j = 0; j < classes; j++) {
      const score = (logits[from + j] ?? NaN) + (offsets[j] ?? NaN);
      if (j === own || !(score > top)) continue;
      rival = j;
      top = score;
    }
    rivals[i] = rival;
    margins[i] = top - (logits[from + own] ?? NaN);
  }
  return { rivals, margins };
};

/** Items with labels, and what their predictions are worth: the sum of a term a class. */
export interface ClassItems {
  /** [items][C]. */
  readonly logits: Float32Array;
  readonly labels: Int32Array;
  /** Of a class of which so many items are right and that so many were given. */
  readonly term: (position: number, right: number, predicted: number) => number;
}

/** Thresholds that are looked for no further than by this factor either way. */
const reach = Math.log(300);
/** Turns of all classes; later ones move little. */
export const mostRounds = 3;
/** Less is rounding. */
const least = 1e-12;

/** The two highest classes of every item under the offsets so far, kept while offsets change. */
class Leaders {
  readonly first: Int32Array;
  readonly second: Int32Array;

  constructor(
    private readonly logits: Float32Array,
    private readonly offsets: Float64Array,
  ) {
    const items = logits.length / offsets.length;
    this.first = new Int32Array(items);
    this.second = new Int32Array(items);
    for (let i = 0; i < items; i++) this.rank(i);
  }

  score(item: number, position: number): number {
    if (position < 0) return -Infinity;
    const { logits, offsets } = this;
    return (logits[item * offsets.length + position] ?? NaN) + (offsets[position] ?? NaN);
  }

  /** Sets an offset, and ranks the items that it can matter to anew. */
  move(position: number, offset: number): void {
    this.offsets[position] = offset;
    for (let i = 0; i < this.first.length; i++) {
      const second = this.second[i] ?? -1;
      const leads = this.first[i] === position || second === position;
      if (leads || this.score(i, position) >= this.score(i, second)) this.rank(i);
    }
  }

  private rank(item: number): void {
    let [first, second, top, next] = [-1, -1, -Infinity, -Infinity];
    for (let j = 0; j < this.offsets.length; j++) {
      const score = this.score(item, j);
      if (score > top) [first, second, top, next] = [j, first, score, top];
      else if (score > next) [second, next] = [j, score];
    }
    this.first[item] = first;
    this.second[item] = second;
  }
}

/** Counts of right and of given predictions by class, and what they are worth together. */
class Tally {
  readonly right: Float64Array;
  readonly given: Float64Array;

  constructor(
    classes: number,
    private readonly items: ClassItems,
  ) {
    this.right = new Float64Array(classes);
    this.given = new Float64Array(classes);
  }

  add(item: number, position: number, sign: 1 | -1): void {
    if (position < 0) return;
    this.given[position] = at(this.given, position) + sign;
    if (this.items.labels[item] === position)
      this.right[position] = at(this.right, position) + sign;
  }

  worth(position: number): number {
    return position < 0
      ? 0
      : this.items.term(position, at(this.right, position), at(this.given, position));
  }

  total(): number {
    return this.right.reduce((sum, _, position) => sum + this.worth(position), 0);
  }
}

/** Where an offset brings most: a range of offsets that all predict the same. */
interface Best {
  readonly value: number;
  readonly offset: number;
}

/**
 * Positions of numbers in ascending order. The position takes the place of each number's last bits,
 * so that numbers alone are sorted: far faster than by a comparison, and right to nine digits up to a
 * million numbers.
 */
const orderOf = (values: Float64Array): Uint32Array => {
  // An infinite number would be none with other last bits.
  const keys = values.map((value) => Math.min(1e300, Math.max(-1e300, value)));
  const words = new Uint32Array(keys.buffer);
  const bits = Math.max(1, Math.ceil(Math.log2(values.length)));
  const places = 2 ** bits - 1;
  // Little-endian, as every machine of the editor: the last bits come first.
  for (let i = 0; i < keys.length; i++) words[2 * i] = ((words[2 * i] ?? 0) & ~places) | i;
  keys.sort();
  return Uint32Array.from(keys, (_, i) => (words[2 * i] ?? 0) & places);
};

/** The best offset of one class, the nearest to the one it has among equals. */
const bestOffset = (own: number, now: number, leaders: Leaders, tally: Tally): Best => {
  const { first, second } = leaders;
  const rivals = Int32Array.from(first, (leader, i) =>
    leader === own ? (second[i] ?? -1) : leader,
  );
  const margins = Float64Array.from(
    rivals,
    (rival, i) => leaders.score(i, rival) - (leaders.score(i, own) - now),
  );
  const order = orderOf(margins);
  // From nobody predicted as it, item by item to everybody.
  first.forEach((leader, i) => {
    if (leader !== own) return;
    tally.add(i, own, -1);
    tally.add(i, at(rivals, i), 1);
  });
  let value = tally.total();
  let best: Best = { value: -Infinity, offset: now };
  const consider = (low: number, high: number): void => {
    const [from, to] = [Math.max(low, -reach), Math.min(high, reach)];
    if (!(from < to)) return;
    const offset = from < now && now < to ? now : (from + to) / 2;
    const nearer = Math.abs(offset - now) < Math.abs(best.offset - now);
    if (value > best.value + least || (value > best.value - least && nearer))
      best = { value, offset };
  };
  consider(-Infinity, margins[order[0] ?? -1] ?? Infinity);
  for (let rank = 0; rank < order.length; rank++) {
    const item = at(order, rank);
    const margin = at(margins, item);
    if (margin >= reach) break;
    const rival = at(rivals, item);
    const before = tally.worth(rival) + tally.worth(own);
    tally.add(item, rival, -1);
    tally.add(item, own, 1);
    value += tally.worth(rival) + tally.worth(own) - before;
    consider(margin, margins[order[rank + 1] ?? -1] ?? Infinity);
  }
  return best;
};

/**
 * Offsets [C] for the best predictions of these items, by turns: each class that is `free` gets the
 * offset that is best while the others stand, until none moves or three rounds are over. Starts
 * from `start` [C], -Infinity for a class that is never predicted. Gives way after every class.
 * Choose on validation items only; as many choices as classes flatter themselves on these items.
 */
export const searchOffsets = function* (
  items: ClassItems,
  start: Numbers,
  free: readonly boolean[],
): Generator<undefined, { readonly offsets: Float64Array; readonly value: number }> {
  const offsets = map(start, (offset) =>
    offset === -Infinity ? offset : Math.min(reach, Math.max(-reach, offset)),
  );
  const leaders = new Leaders(items.logits, offsets);
  const count = (): Tally => {
    const tally = new Tally(offsets.length, items);
    leaders.first.forEach((leader, i) => tally.add(i, leader, 1));
    return tally;
  };
  let value = count().total();
  for (let round = 0, moved = true; moved && round < mostRounds; round++) {
    moved = false;
    for (let own = 0; own < offsets.length; own++) {
      const now = at(offsets, own);
      if (free[own] !== true || now === -Infinity) continue;
      const best = bestOffset(own, now, leaders, count());
      if (best.value > value + least) {
        leaders.move(own, best.offset);
        value = count().total();
        moved = true;
      }
      yield;
    }
  }
  return { offsets, value };
};

/** Thresholds [C] that come to these offsets: the largest is one half, as of a class never predicted. */
export const thresholdsOfOffsets = (offsets: Numbers): Float64Array => {
  const lowest = Array.from(offsets).reduce(
    (low, offset) => (offset > -Infinity ? Math.min(low, offset) : low),
    Infinity,
  );
  return map(offsets, (offset) =>
    offset === -Infinity ? usualThreshold : usualThreshold * Math.exp(lowest - offset),
  );
};
