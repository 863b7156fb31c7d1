import type { NamePool } from './nameSearch';

/** Bytes that one key holds beside a place. */
const keyBytes = 4;
/** So few names are compared one with another. */
const fewNames = 24;

/**
 * Places by name in the order of UTF-8 bytes, that of code points; names that are equal by place.
 * No name becomes a text: four bytes of each and its place are one number, numbers are sorted
 * without a comparison, and where four bytes are equal the next four decide.
 */
export const byteOrder = ({ names, nameEnds }: NamePool): Uint32Array => {
  const { length } = nameEnds;
  const start = (place: number): number => (place === 0 ? 0 : (nameEnds[place - 1] ?? 0));
  const compare = (a: number, b: number): number => {
    let [i, j] = [start(a), start(b)];
    const [endA, endB] = [nameEnds[a] ?? 0, nameEnds[b] ?? 0];
    while (i < endA && j < endB && names[i] === names[j]) {
      i++;
      j++;
    }
    if (i === endA || j === endB) return endA - i - (endB - j) || a - b;
    return (names[i] ?? 0) - (names[j] ?? 0);
  };
  const keys = new BigUint64Array(length);
  // Each key as two numbers: the place below, the bytes above.
  const halves = new Uint32Array(keys.buffer);
  let inOrder = true;
  for (let place = 0; place < length; place++) {
    halves[2 * place] = place;
    inOrder &&= place === 0 || compare(place - 1, place) < 0;
  }
  const places = (): Uint32Array => {
    const order = new Uint32Array(length);
    for (let i = 0; i < length; i++) order[i] = halves[2 * i] ?? 0;
    return order;
  };
  const compared = (from: number, to: number): void => {
    for (let i = from + 1; i < to; i++) {
      const own = halves[2 * i] ?? 0;
      let at = i - 1;
      for (; at >= from && compare(halves[2 * at] ?? 0, own) > 0; at--)
        halves[2 * at + 2] = halves[2 * at] ?? 0;
      halves[2 * at + 2] = own;
    }
  };
  /** Bytes that all names of a stretch begin with, those before `depth` known to be so. */
  const common = (from: number, to: number, depth: number): number => {
    const first = start(halves[2 * from] ?? 0);
    let end = (nameEnds[halves[2 * from] ?? 0] ?? 0) - first;
    for (let i = from + 1; i < to && end > depth; i++) {
      const place = halves[2 * i] ?? 0;
      const own = start(place);
      end = Math.min(end, (nameEnds[place] ?? 0) - own);
      let at = depth;
      while (at < end && names[first + at] === names[own + at]) at++;
      end = at;
    }
    return Math.max(depth, end);
  };
  const stretches: [from: number, to: number, depth: number][] = inOrder ? [] : [[0, length, 0]];
  for (let next = stretches.pop(); next !== undefined; next = stretches.pop()) {
    const [from, to, known] = next;
    if (to - from <= fewNames) {
      compared(from, to);
      continue;
    }
    const depth = common(from, to, known);
    let ended = 0;
    for (let i = from; i < to; i++) {
      const place = halves[2 * i] ?? 0;
      const end = nameEnds[place] ?? 0;
      let key = 0;
      for (let at = start(place) + depth, left = keyBytes; left > 0; at++, left--)
        key = key * 256 + (at < end ? (names[at] ?? 0) : 0);
      if (start(place) + depth >= end) ended++;
      halves[2 * i + 1] = key;
    }
    keys.subarray(from, to).sort();
    // All at their end: equal names, in the order of their places.
    if (ended === to - from) continue;
    for (let first = from, i = from + 1; i <= to; i++) {
      if (i < to && halves[2 * i + 1] === halves[2 * first + 1]) continue;
      if (i - first > 1) stretches.push([first, i, depth + keyBytes]);
      first = i;
    }
  }
  return places();
};
