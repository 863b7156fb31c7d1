import { multiLabelMeasures, rarePairs } from '../methods/distribution';
import type { SampleSets } from '../dataset/sampleSets';
import type { LabelSetFacts } from './types';

/** Pairs of a rare and a frequent label that are kept. */
const mostPairs = 20;

const defined = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

/** Measures of the label sets of the profiled split; null where it has no label. */
export const profileLabelSets = (
  { sets, unlabelled }: SampleSets,
  classNames: readonly string[],
): LabelSetFacts | null => {
  if (sets.labels.length === 0) return null;
  const measures = multiLabelMeasures(sets, classNames.length);
  const { counts, minorityLabels: rare } = measures;
  const { pairs, complete } = rarePairs({ sets, counts, rare, most: mostPairs });
  const name = (label: number): string => classNames[label] ?? '';
  return {
    samples: sets.starts.length - 1,
    unlabelled,
    cardinality: measures.cardinality,
    density: measures.density,
    distinctSets: measures.distinctLabelSets,
    meanImbalance: measures.meanImbalance,
    cvImbalance: measures.cvImbalance,
    scumble: measures.scumble,
    scumbleCv: measures.scumbleCv,
    rareLabels: rare.length,
    pairs: pairs.map((pair) => ({
      rare: name(pair.rare),
      frequent: name(pair.frequent),
      together: pair.together,
      share: pair.share,
    })),
    pairsComplete: complete,
    classes: classNames.map((own, id) => ({
      name: own,
      imbalance: defined(measures.imbalance[id]),
      scumble: defined(measures.scumblePerLabel[id]),
    })),
  };
};
