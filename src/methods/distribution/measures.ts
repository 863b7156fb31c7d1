import { effectiveNumber } from '../weights/effectiveNumber';
import type { Numbers } from '../numbers';
import { groupCounts, presentClasses, sumOver } from './countGroups';
import type { CountGroups } from './countGroups';
import { fitRanks, paretoExponent } from './fits';
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

const sizes = (groups: CountGroups): Record<string, number | null> => {
  const { total, classes, values } = groups;
  const top = values.at(-1) ?? NaN;
  const least = values[0] ?? NaN;
  const leastPresent = values.find((n) => n > 0) ?? Infinity;
  return {
    numClasses: classes,
    numNonEmpty: presentClasses(groups),
    total,
    max: top,
    min: least,
    minNonEmpty: leastPresent,
    mean: total / classes,
    median: median(groups),
    imbalanceRatio: total > 0 ? top / leastPresent : NaN,
    imbalanceRatioStrict: top / least,
  };
};

const inequality = (groups: CountGroups): Record<string, number | null> => {
  const { classes, total, values } = groups;
  const filled = presentClasses(groups);
  const nats = filled > 0 ? entropy(groups) : NaN;
  const index = gini(groups) ?? NaN;
  const simpson = inverseSimpson(groups);
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
    hillInfinity: 1 / ((values.at(-1) ?? NaN) / total),
    simpson: 1 / simpson,
    cvPopulation: variationCoefficient(groups, 0),
    cvSample: variationCoefficient(groups, 1),
  };
};

const headAndTail = (groups: CountGroups): Record<string, number | null> => {
  const { classes, total } = groups;
  const head = headShare(groups);
  const eighty = classesForEightyPercent(groups);
  const pareto = paretoExponent(groups);
  return {
    headClasses: head.classes,
    headShare: head.share,
    classesFor80Percent: total > 0 ? eighty : null,
    classShareFor80Percent: total > 0 ? eighty / classes : null,
    paretoAlphaMle: pareto,
    countPowerLawAlpha: pareto === null ? null : 1 + pareto,
    paretoAlphaFromHeadShare:
      head.share === null
        ? null
        : 1 / (1 - Math.log(head.share) / Math.log(head.classes / classes)),
    effectiveSamples: sumOver(groups, (n) => effectiveNumber(n, 0.9999)),
  };
};

/** A group of classes by count: how many, how many samples, their share of all. */
const group = (
  name: string,
  groups: CountGroups,
  has: (n: number) => boolean,
): Record<string, number> => {
  const samples = sumOver(groups, (n) => (has(n) ? n : 0));
  return {
    [`${name}.classes`]: sumOver(groups, (n) => (has(n) ? 1 : 0)),
    [`${name}.samples`]: samples,
    [`${name}.share`]: samples / groups.total,
  };
};

const fits = (groups: CountGroups): Record<string, number | null> => {
  const { exponential, zipf, geometric, power } = fitRanks(groups);
  return {
    'expFit.n0': exponential && Math.exp(exponential.intercept),
    'expFit.mu': exponential && Math.exp(exponential.slope),
    'expFit.logSlope': exponential && exponential.slope,
    'expFit.logIntercept': exponential && exponential.intercept,
    'expFit.r2': exponential && exponential.r2,
    'expFit.imbalance': exponential && Math.exp(-exponential.slope * (presentClasses(groups) - 1)),
    'zipfFit.exponent': zipf && -zipf.slope,
    'zipfFit.logIntercept': zipf && zipf.intercept,
    'zipfFit.r2': zipf && zipf.r2,
    geometricDecayMle: geometric && geometric.rate,
    zipfExponentMle: power && power.rate,
    geometricAic: geometric && geometric.aic,
    zipfAic: power && power.aic,
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
  const counts = groupCounts(given);
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
