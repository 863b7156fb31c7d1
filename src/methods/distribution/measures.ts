import { effectiveNumber } from '../weights/effectiveNumber';
import { ascending, largest, shares, smallestPositive, sum } from '../numbers';
import type { Numbers } from '../numbers';
import {
  exponentialFit,
  geometricDecay,
  paretoExponent,
  rankLawCriteria,
  zipfExponent,
  zipfLeastSquares,
} from './fits';
import {
  classesForEightyPercent,
  entropy,
  gini,
  headShare,
  inverseSimpson,
  median,
  variationCoefficient,
} from './inequality';

type Measures = Readonly<Record<string, number | null>>;

/**
 * Undefined and infinite measures are null: neither JSON nor a reader has a use for them. Adding
 * 0 turns -0 into 0, for the same reason.
 */
const defined = (measures: Record<string, number | null>): Measures =>
  Object.fromEntries(
    Object.entries(measures).map(([name, value]) => [
      name,
      value !== null && Number.isFinite(value) ? value + 0 : null,
    ]),
  );

const present = (counts: Float64Array): number => {
  let filled = 0;
  for (const n of counts) if (n > 0) filled++;
  return filled;
};

const sizes = (counts: Float64Array): Record<string, number | null> => {
  const total = sum(counts);
  const classes = counts.length;
  const top = classes > 0 ? largest(counts) : NaN;
  const least = counts[0] ?? NaN;
  const leastPresent = smallestPositive(counts);
  return {
    numClasses: classes,
    numNonEmpty: present(counts),
    total,
    max: top,
    min: least,
    minNonEmpty: leastPresent,
    mean: total / classes,
    median: median(counts),
    imbalanceRatio: total > 0 ? top / leastPresent : NaN,
    imbalanceRatioStrict: top / least,
  };
};

const inequality = (counts: Float64Array): Record<string, number | null> => {
  const classes = counts.length;
  const filled = present(counts);
  const nats = filled > 0 ? entropy(counts) : NaN;
  const index = gini(counts) ?? NaN;
  const simpson = inverseSimpson(counts);
  return {
    gini: index,
    giniUnbiased: (index * classes) / (classes - 1),
    entropy: nats,
    entropyBits: nats / Math.LN2,
    entropyNormalised: nats / Math.log(classes),
    entropyNormalisedNonEmpty: nats / Math.log(filled),
    klFromUniform: Math.log(classes) - nats,
    expEntropy: Math.exp(nats),
    effectiveClasses: Math.exp(nats),
    hill0: filled,
    hill1: Math.exp(nats),
    hill2: simpson,
    hillInfinity: 1 / largest(shares(counts)),
    simpson: 1 / simpson,
    cvPopulation: variationCoefficient(counts, 0),
    cvSample: variationCoefficient(counts, 1),
  };
};

const headAndTail = (counts: Numbers): Record<string, number | null> => {
  const head = headShare(counts);
  const eighty = classesForEightyPercent(counts);
  const pareto = paretoExponent(counts);
  return {
    headClasses: head.classes,
    headShare: head.share,
    classesFor80Percent: sum(counts) > 0 ? eighty : null,
    classShareFor80Percent: sum(counts) > 0 ? eighty / counts.length : null,
    paretoAlphaMle: pareto,
    countPowerLawAlpha: pareto === null ? null : 1 + pareto,
    paretoAlphaFromHeadShare:
      head.share === null
        ? null
        : 1 / (1 - Math.log(head.share) / Math.log(head.classes / counts.length)),
    effectiveSamples: sum(Float64Array.from(counts, (n) => effectiveNumber(n, 0.9999))),
  };
};

/** A group of classes by count: how many, how many samples, their share of all. */
const group = (
  name: string,
  counts: Float64Array,
  has: (n: number) => boolean,
): Record<string, number> => {
  const own = counts.filter(has);
  const samples = sum(own);
  return {
    [`${name}.classes`]: own.length,
    [`${name}.samples`]: samples,
    [`${name}.share`]: samples / sum(counts),
  };
};

const fits = (counts: Float64Array): Record<string, number | null> => {
  const exponential = exponentialFit(counts);
  const zipf = zipfLeastSquares(counts);
  const criteria = rankLawCriteria(counts);
  return {
    'expFit.n0': exponential && Math.exp(exponential.intercept),
    'expFit.mu': exponential && Math.exp(exponential.slope),
    'expFit.logSlope': exponential && exponential.slope,
    'expFit.logIntercept': exponential && exponential.intercept,
    'expFit.r2': exponential && exponential.r2,
    'expFit.imbalance': exponential && Math.exp(-exponential.slope * (present(counts) - 1)),
    'zipfFit.exponent': zipf && -zipf.slope,
    'zipfFit.logIntercept': zipf && zipf.intercept,
    'zipfFit.r2': zipf && zipf.r2,
    geometricDecayMle: geometricDecay(counts),
    zipfExponentMle: zipfExponent(counts),
    geometricAic: criteria.geometric,
    zipfAic: criteria.zipf,
  };
};

/**
 * Every measure of a class distribution by name; what is undefined (0 / 0 of one class, an
 * infinite ratio, no sample) is null. Groups and fits have dotted names (`few.share`,
 * `expFit.mu`). Ratio: largest over smallest non-empty count (`imbalanceRatioStrict`: over the
 * smallest, null with an empty class). Entropies in nats. `expFit.imbalance` is the imbalance
 * factor the fitted decay implies; `geometricDecayMle` and `zipfExponentMle` are fits by maximum
 * likelihood; `effectiveSamples` has beta .9999. All are invariant to the order of the classes.
 */
export const distributionMeasures = (given: Numbers): Measures => {
  // In order once: the measures that sort find it done.
  const counts = ascending(given);
  return defined({
    ...sizes(counts),
    ...inequality(counts),
    ...headAndTail(counts),
    ...group('many', counts, (n) => n > 100),
    ...group('medium', counts, (n) => n >= 20 && n <= 100),
    ...group('few', counts, (n) => n < 20),
    ...group('frequent', counts, (n) => n > 100),
    ...group('common', counts, (n) => n > 10 && n <= 100),
    ...group('rare', counts, (n) => n > 0 && n <= 10),
    ...group('absent', counts, (n) => n === 0),
    ...fits(counts),
  });
};
