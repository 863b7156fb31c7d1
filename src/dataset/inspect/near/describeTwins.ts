import type { DatasetIndex, FileSource } from '../../types';
import { Overlaps } from '../overlaps';
import { labelsOfSample, placesOf } from '../places';
import type { NearPair, NearTwins, StepTick } from '../types';
import { states, type Prints } from './printSamples';
import { findTwins } from './twins';

/** Pairs and places that a result lists; all are counted. */
const maxPairs = 200;
const maxPlaces = 20;
/** Splits that overlaps are counted for; a dataset has three or so. */
const maxSplits = 32;

/** A number for the label set of every sample: equal sets, equal numbers. */
const labelIds = (index: DatasetIndex): Uint32Array => {
  const ids = new Map<string, number>();
  return Uint32Array.from({ length: index.samples }, (_, sample) => {
    const key = JSON.stringify(labelsOfSample(index, sample).sort());
    const id = ids.get(key) ?? ids.size;
    ids.set(key, id);
    return id;
  });
};

interface Pair {
  readonly a: number;
  readonly b: number;
  readonly bits: number;
  readonly overSplits: boolean;
  readonly overLabels: boolean;
}

const weight = ({ overSplits, overLabels }: Pair): number =>
  (overSplits ? 2 : 0) + (overLabels ? 1 : 0);

/** The best pairs, of every weight and distance so many that the list can be filled. */
class BestPairs {
  private readonly shelves = new Map<number, Pair[]>();

  add(pair: Pair): void {
    const key = 100 * (3 - weight(pair)) + pair.bits;
    const shelf = this.shelves.get(key) ?? [];
    if (shelf.length < maxPairs) shelf.push(pair);
    this.shelves.set(key, shelf);
  }

  list(): readonly Pair[] {
    return [...this.shelves]
      .sort(([a], [b]) => a - b)
      .flatMap(([, shelf]) => shelf)
      .slice(0, maxPairs);
  }
}

export interface NearQuestion {
  /** Prints of the first samples of the index. */
  readonly prints: Prints;
  readonly radius: number;
  /** Groups of samples of the same bytes, ascending. */
  readonly equal: readonly (readonly number[])[];
}

/** Which pictures look the same, and what that means for splits and labels. */
export const describeTwins = (
  { prints, radius, equal }: NearQuestion,
  { index, source }: { readonly index: DatasetIndex; readonly source: FileSource },
  tick: StepTick,
): NearTwins => {
  const labels = labelIds(index);
  const membersOf = new Map(equal.map((group) => [group[0] ?? 0, group]));
  const members = (sample: number): readonly number[] => membersOf.get(sample) ?? [sample];
  const isTwin = new Uint8Array(index.samples);
  /** A bit for every split in which a sample has a twin. */
  const twinIn = new Uint32Array(index.samples);
  const best = new BestPairs();
  let [pairs, pairsOverSplits, pairsOverLabels] = [0, 0, 0];
  const add = (a: number, b: number, bits: number): void => {
    const [splitA, splitB] = [index.split[a] ?? 0, index.split[b] ?? 0];
    const [overSplits, overLabels] = [splitA !== splitB, labels[a] !== labels[b]];
    pairs++;
    if (overSplits) pairsOverSplits++;
    if (overLabels) pairsOverLabels++;
    isTwin[a] = isTwin[b] = 1;
    if (splitB < maxSplits) twinIn[a] = ((twinIn[a] ?? 0) | (1 << splitB)) >>> 0;
    if (splitA < maxSplits) twinIn[b] = ((twinIn[b] ?? 0) | (1 << splitA)) >>> 0;
    best.add({ a, b, bits, overSplits, overLabels });
  };
  findTwins({
    prints,
    equal,
    radius,
    tick,
    found: (first, second, bits) => {
      for (const a of members(first)) for (const b of members(second)) add(a, b, bits);
    },
  });

  const overlaps = new Overlaps(index);
  for (let sample = 0; sample < index.samples; sample++)
    for (let from = 0; twinIn[sample] !== 0 && from < maxSplits; from++)
      if (((twinIn[sample] ?? 0) >>> from) & 1) overlaps.add(from, index.split[sample] ?? 0, 1);

  const withState = (state: number): number[] =>
    [...prints.states.keys()].filter((sample) => prints.states[sample] === state);
  const [flat, undecodable] = [withState(states.flat), withState(states.undecodable)];
  const listed = best.list();
  const places = placesOf(
    source,
    index,
    listed.flatMap(({ a, b }) => [a, b]),
  );
  return {
    radius,
    compared: withState(states.printed).length,
    flat: flat.length,
    undecodable: undecodable.length,
    otherKinds: withState(states.otherKind).length,
    beyond: index.samples - prints.states.length,
    samples: isTwin.reduce((sum, one) => sum + one, 0),
    pairs,
    pairsOverSplits,
    pairsOverLabels,
    overlaps: overlaps.list(),
    listed: listed.map(({ bits, overSplits, overLabels }, i): NearPair => ({
      ...{ bits, overSplits, overLabels },
      places: places.slice(2 * i, 2 * i + 2),
    })),
    undecodablePlaces: placesOf(source, index, undecodable.slice(0, maxPlaces)),
    flatPlaces: placesOf(source, index, flat.slice(0, maxPlaces)),
  };
};
