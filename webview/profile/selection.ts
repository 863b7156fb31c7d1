/** Places that are selected, of as many as there are; a million are selected at once. */
export interface Selection {
  readonly count: () => number;
  readonly has: (place: number) => boolean;
  readonly set: (places: Iterable<number>, on: boolean) => void;
  readonly clear: () => void;
  /** In the order of the profile. */
  readonly places: () => readonly number[];
}

export const createSelection = (length: number): Selection => {
  const marks = new Uint8Array(length);
  const state = { count: 0 };
  return {
    count: () => state.count,
    has: (place) => marks[place] === 1,
    set: (places, on) => {
      const mark = on ? 1 : 0;
      for (const place of places) {
        if (place < 0 || place >= length || marks[place] === mark) continue;
        marks[place] = mark;
        state.count += on ? 1 : -1;
      }
    },
    clear: () => {
      marks.fill(0);
      state.count = 0;
    },
    places: () => {
      const places: number[] = [];
      for (let place = 0; place < length; place++) if (marks[place] === 1) places.push(place);
      return places;
    },
  };
};

/** The places shown between two positions, both included, in either direction. */
export const between = (shown: Uint32Array, one: number, other: number): Uint32Array =>
  shown.subarray(Math.min(one, other), Math.max(one, other) + 1);
