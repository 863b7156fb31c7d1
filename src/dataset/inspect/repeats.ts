import { LongtailError } from '../../common/errors';
import type { DatasetIndex, FileSource } from '../types';
import type { Contents } from './contents';
import { Overlaps } from './overlaps';
import { labelsOfSample, placesOf } from './places';
import type { RepeatGroup, Repeats, StepTick } from './types';

/** Groups and members of a group that a result lists; all are counted. */
const maxGroups = 200;
const maxPlaces = 8;
const perTick = 64;

const words = 4;
const pairs = (count: number): number => (count * (count - 1)) / 2;

const guarded = <T>(read: () => T): T | null => {
  try {
    return read();
  } catch (error) {
    if (error instanceof LongtailError) return null;
    throw error;
  }
};

/** Sizes of files; NaN for what is no file, 0 for what is empty, missing or unreadable. */
const sizesOf = (samples: number, contents: Contents, tick: StepTick): Float64Array => {
  const sizes = new Float64Array(samples);
  for (let sample = 0; sample < samples; sample++) {
    if (sample % perTick === 0) tick(sample, samples * 2);
    const size = guarded(() => contents.fileSize(sample) ?? Number.NaN);
    sizes[sample] = size ?? 0;
  }
  return sizes;
};

/** Samples that may have a twin: parts of files, and files whose size another one has. */
const candidatesOf = (sizes: Float64Array): Uint32Array => {
  const seen = new Map<number, number>();
  for (const size of sizes) seen.set(size, (seen.get(size) ?? 0) + 1);
  const kept: number[] = [];
  sizes.forEach((size, sample) => {
    if (Number.isNaN(size) || (size > 0 && (seen.get(size) ?? 0) > 1)) kept.push(sample);
  });
  return Uint32Array.from(kept);
};

/** Candidates with the same 128 bits of hash, in the order of the samples. */
const groupsOf = (digests: Uint32Array, order: Uint32Array): number[][] => {
  const compare = (a: number, b: number): number => {
    for (let word = 0; word < words; word++) {
      const difference = (digests[a * words + word] ?? 0) - (digests[b * words + word] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  order.sort((a, b) => compare(a, b) || a - b);
  const groups: number[][] = [];
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && compare(order[from] ?? 0, order[to] ?? 0) === 0) to++;
    if (to - from > 1) groups.push([...order.subarray(from, to)]);
    from = to;
  }
  return groups;
};

const countBy = <K>(samples: readonly number[], keyOf: (sample: number) => K): Map<K, number> => {
  const counts = new Map<K, number>();
  for (const sample of samples) {
    const key = keyOf(sample);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
};

/** Pairs of a group whose members have different keys. */
const pairsOver = (counts: ReadonlyMap<unknown, number>, count: number): number =>
  [...counts.values()].reduce((rest, same) => rest - pairs(same), pairs(count));

/** The groups of samples of one content, and how many samples could not be compared. */
export interface FoundRepeats {
  readonly groups: readonly (readonly number[])[];
  readonly unread: number;
}

/**
 * Finds samples of the same bytes: files by size, then by sha256 (128 bits of it) of those whose
 * size another file has; samples inside larger files by sha256 alone. Cancelled by `tick`.
 */
export const findRepeatedFiles = (
  samples: number,
  contents: Contents,
  tick: StepTick,
): FoundRepeats => {
  const sizes = sizesOf(samples, contents, tick);
  const candidates = candidatesOf(sizes);
  const digests = new Uint32Array(candidates.length * words);
  const read = new Uint32Array(candidates.length);
  let count = 0;
  candidates.forEach((sample, at) => {
    if (at % perTick === 0) tick(candidates.length + at, candidates.length * 2);
    const digest = guarded(() => contents.digest(sample));
    if (digest === null) return;
    const view = new DataView(digest.buffer, digest.byteOffset, digest.byteLength);
    for (let word = 0; word < words; word++) digests[at * words + word] = view.getUint32(word * 4);
    read[count++] = at;
  });
  const groups = groupsOf(digests, read.subarray(0, count))
    .map((group) => group.map((at) => candidates[at] ?? 0))
    .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
  const empty = sizes.reduce((sum, size) => sum + (size === 0 ? 1 : 0), 0);
  return { groups, unread: empty + candidates.length - count };
};

/** What the groups mean for splits and labels, with the places of the first. */
export const describeRepeats = (
  { groups, unread }: FoundRepeats,
  index: DatasetIndex,
  source: FileSource,
): Repeats => {
  const overlaps = new Overlaps(index);
  let [pairsOverSplits, pairsOverLabels, repeated] = [0, 0, 0];
  const told = groups.map((group) => {
    const splits = countBy(group, (sample) => index.split[sample] ?? 0);
    const labels = countBy(group, (sample) => JSON.stringify(labelsOfSample(index, sample).sort()));
    for (const from of splits.keys())
      for (const [to, samples] of splits) overlaps.add(from, to, samples);
    pairsOverSplits += pairsOver(splits, group.length);
    pairsOverLabels += pairsOver(labels, group.length);
    repeated += group.length;
    return { group, overSplits: splits.size > 1, overLabels: labels.size > 1 };
  });
  const weight = ({ overSplits, overLabels }: (typeof told)[number]): number =>
    (overSplits ? 2 : 0) + (overLabels ? 1 : 0);
  const listed = [...told].sort((a, b) => weight(b) - weight(a)).slice(0, maxGroups);
  const wanted = listed.map(({ group }) => group.slice(0, maxPlaces));
  const places = placesOf(source, index, wanted.flat());
  let at = 0;
  return {
    compared: index.samples - unread,
    unread,
    groupCount: groups.length,
    repeated,
    pairsOverSplits,
    pairsOverLabels,
    overlaps: overlaps.list(),
    groups: listed.map(({ group, overSplits, overLabels }, i): RepeatGroup => {
      const from = at;
      at += wanted[i]?.length ?? 0;
      return { count: group.length, overSplits, overLabels, places: places.slice(from, at) };
    }),
  };
};
