/** Labels with how many samples each still has, the rarest at hand. */
export interface RarestFirst {
  /** The label with the fewest samples left but more than none, the lowest on a tie; -1 = none. */
  rarest(): number;
  /** One sample of a label less. */
  takeOne(label: number): void;
}

/** A binary heap that knows where each label is, so that a count can go down in its place. */
export const rarestFirst = (counts: Float64Array): RarestFirst => {
  const left = counts.slice();
  const heap = Uint32Array.from(left.keys()).filter((label) => (left[label] ?? 0) > 0);
  const place = new Int32Array(left.length).fill(-1);
  heap.forEach((label, at) => (place[label] = at));
  let size = heap.length;
  const isBefore = (a: number, b: number): boolean => {
    const [ofA, ofB] = [left[a] ?? 0, left[b] ?? 0];
    return ofA < ofB || (ofA === ofB && a < b);
  };
  const put = (label: number, at: number): void => {
    heap[at] = label;
    place[label] = at;
  };
  const rise = (label: number, from: number): void => {
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = heap[above] ?? 0;
      if (!isBefore(label, other)) break;
      put(other, at);
      at = above;
    }
    put(label, at);
  };
  const sink = (label: number, from: number): void => {
    let at = from;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= size) break;
      if (below + 1 < size && isBefore(heap[below + 1] ?? 0, heap[below] ?? 0)) below++;
      const other = heap[below] ?? 0;
      if (!isBefore(other, label)) break;
      put(other, at);
      at = below;
    }
    put(label, at);
  };
  const remove = (label: number): void => {
    const at = place[label] ?? -1;
    const last = heap[--size] ?? 0;
    place[label] = -1;
    if (at === size) return;
    rise(last, at);
    sink(last, place[last] ?? at);
  };
  for (let at = (size >> 1) - 1; at >= 0; at--) sink(heap[at] ?? 0, at);
  return {
    rarest: () => (size === 0 ? -1 : (heap[0] ?? -1)),
    takeOne: (label) => {
      left[label] = (left[label] ?? 0) - 1;
      if (left[label] === 0) remove(label);
      else rise(label, place[label] ?? 0);
    },
  };
};
