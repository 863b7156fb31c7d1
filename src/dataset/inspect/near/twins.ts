import { findCloseHashes } from './closeHashes';
import { isSamePicture } from './picturePrint';
import { states, type Prints } from './printSamples';

/** Samples of one content, or one sample: what is compared with others. */
export interface TwinQuestion {
  readonly prints: Prints;
  /** Groups of samples of the same bytes, ascending: the first of each stands for all of it. */
  readonly equal: readonly (readonly number[])[];
  readonly radius: number;
  /** Called once for every pair of first samples. */
  readonly found: (a: number, b: number, bits: number) => void;
  readonly tick: (done: number, total: number) => void;
}

/** Samples that are compared: printed, and not the copy of an earlier one. */
const candidatesOf = (prints: Prints, equal: TwinQuestion['equal']): Uint32Array => {
  const copies = new Uint8Array(prints.states.length);
  for (const group of equal) for (const sample of group.slice(1)) copies[sample] = 1;
  const all = Uint32Array.from(prints.states.keys());
  return all.filter((at) => prints.states[at] === states.printed && copies[at] === 0);
};

/** Finds pictures that look the same: by their hashes, then by their thumbnails. */
export const findTwins = ({ prints, equal, radius, found, tick }: TwinQuestion): void => {
  const samples = candidatesOf(prints, equal);
  const pick = (words: Uint32Array): Uint32Array => samples.map((sample) => words[sample] ?? 0);
  findCloseHashes({
    hashes: { low: pick(prints.low), high: pick(prints.high) },
    radius,
    tick,
    found: (first, second, bits) => {
      const [a, b] = [samples[first] ?? 0, samples[second] ?? 0];
      if (isSamePicture(prints.thumbnails, a, b)) found(a, b, bits);
    },
  });
};
