import { multiLabelMeasures } from '../methods/distribution';
import type { SampleSets } from '../dataset/sampleSets';
import type { Companions } from './together';
import type { LabelSetFacts } from './types';

const defined = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

/** Measures of the label sets of the profiled split; null where it has no label. */
export const profileLabelSets = (
  { sets, unlabelled }: SampleSets,
  classNames: readonly string[],
  { rare, pairs: found }: Companions,
): LabelSetFacts | null => {
  if (sets.labels.length === 0) return null;
  const measures = multiLabelMeasures(sets, classNames.length);
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
    pairs: found.pairs.map((pair) => ({
      rare: name(pair.rare),
      frequent: name(pair.frequent),
      together: pair.together,
      share: pair.share,
    })),
    pairsComplete: found.complete,
    classes: classNames.map((own, id) => ({
      name: own,
      imbalance: defined(measures.imbalance[id]),
      scumble: defined(measures.scumblePerLabel[id]),
    })),
  };
};
