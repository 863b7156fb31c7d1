import { shuffle, type Random } from '../../common/random';
import { countOfLabels, samplesOfLabels, type LabelSets } from '../labelSets';
import { allot } from './allotment';
import { rarestFirst } from './rarestFirst';

export interface StratifiedQuestion {
  readonly sets: LabelSets;
  /** How many labels there are. */
  readonly labels: number;
  /** Share of every part, all above 0, in sum 1; at most 255 parts. */
  readonly shares: readonly number[];
  readonly random: Random;
}

/** [part][label] how many samples of a label a part should have; what rounding leaves evens out. */
const wantedOf = (counts: Float64Array, shares: readonly number[]): Float64Array[] => {
  const wanted = shares.map(() => new Float64Array(counts.length));
  const behind = new Float64Array(shares.length);
  for (let label = 0; label < counts.length; label++) {
    const count = counts[label] ?? 0;
    if (count === 0) continue;
    allot(count, shares, behind).forEach((items, part) => {
      const own = wanted[part];
      if (own !== undefined) own[label] = items;
      behind[part] = (behind[part] ?? 0) + count * (shares[part] ?? 0) - items;
    });
  }
  return wanted;
};

/**
 * The part of every sample, by iterative stratification (Sechidis et al., ECML 2011, algorithm 1):
 * the label with the fewest samples left hands them out first, each to the part that still wants
 * most of the label, then most samples, then by lot; samples without a label fill up. Unlike there
 * what a part wants of a label is a whole number, and one at least where there are enough, so that
 * with one label a sample every label is parted exactly as `allot` says.
 */
export const stratifiedSplit = (question: StratifiedQuestion): Uint8Array => {
  const { sets, labels, shares, random } = question;
  const samples = sets.starts.length - 1;
  const order = shuffle(
    new Uint32Array(samples).map((_, i) => i),
    random,
  );
  const index = samplesOfLabels(sets, labels, { order });
  const counts = countOfLabels(sets, labels);
  const left = rarestFirst(counts);
  const wanted = wantedOf(counts, shares);
  const wantedSamples = shares.map((share) => share * samples);
  const result = new Uint8Array(samples);
  const isGiven = new Uint8Array(samples);

  const choose = (label: number): number => {
    let best = 0;
    let equals = 1;
    for (let part = 1; part < shares.length; part++) {
      const more =
        (label < 0 ? 0 : (wanted[part]?.[label] ?? 0) - (wanted[best]?.[label] ?? 0)) ||
        (wantedSamples[part] ?? 0) - (wantedSamples[best] ?? 0);
      if (more < 0) continue;
      equals = more > 0 ? 1 : equals + 1;
      // Each of the equal ones stays with the same chance.
      if (more > 0 || random.nextInt(equals) === 0) best = part;
    }
    return best;
  };
  const give = (sample: number, label: number): void => {
    const part = choose(label);
    result[sample] = part;
    isGiven[sample] = 1;
    wantedSamples[part] = (wantedSamples[part] ?? 0) - 1;
    const own = wanted[part];
    const end = sets.starts[sample + 1] ?? 0;
    for (let at = sets.starts[sample] ?? 0; at < end; at++) {
      const other = sets.labels[at] ?? 0;
      if (own !== undefined) own[other] = (own[other] ?? 0) - 1;
      left.takeOne(other);
    }
  };
  for (let label = left.rarest(); label >= 0; label = left.rarest()) {
    const end = index.starts[label + 1] ?? 0;
    for (let at = index.starts[label] ?? 0; at < end; at++) {
      const sample = index.samples[at] ?? 0;
      if (isGiven[sample] === 0) give(sample, label);
    }
  }
  for (const sample of order) if (isGiven[sample] === 0) give(sample, -1);
  return result;
};
