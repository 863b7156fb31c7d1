import { at } from '../numbers';
import type { Numbers } from '../numbers';
import { normalPoint, wilsonInterval, type Interval } from './interval';
import type { PairedCell } from './pairedCounts';
import { binomialTest, falseDiscoveryCount } from './proportions';

/**
 * McNemar's test of equal accuracy, exact: of the items on which exactly one of the two is right,
 * as many should be the one's as the other's. McNemar, Psychometrika 1947; 1 without such items.
 */
export const mcnemarTest = ({ onlyA, onlyB }: PairedCell): number =>
  binomialTest(onlyB, onlyA + onlyB, 0.5);

/**
 * Interval of the share right of `b` less that of `a` on the same items: Wilson's intervals of the
 * two, squared and added, less what their correlation takes away (method 10 of Newcombe, Statistics
 * in Medicine 1998, 17, 2635). Defined where nothing moved; [-1, 1] without items.
 */
export const pairedInterval = ({ items, both, onlyA, onlyB }: PairedCell): Interval => {
  if (items === 0) return [-1, 1];
  const neither = items - both - onlyA - onlyB;
  const [rightA, rightB] = [both + onlyA, both + onlyB];
  const [a, b] = [rightA / items, rightB / items];
  const [lowA, highA] = wilsonInterval(rightA, items);
  const [lowB, highB] = wilsonInterval(rightB, items);
  const product = rightA * (items - rightA) * rightB * (items - rightB);
  const excess = both * neither - onlyA * onlyB;
  // A continuity correction, for agreement alone.
  const corrected = excess > 0 ? Math.max(0, excess - items / 2) : excess;
  const correlation = product === 0 ? 0 : corrected / Math.sqrt(product);
  const joint = (one: number, other: number): number =>
    Math.sqrt(Math.max(0, one * one - 2 * correlation * one * other + other * other));
  return [b - a - joint(b - lowB, highA - a), b - a + joint(a - lowA, highB - b)];
};

/** Which of the p-values are findings at a false discovery rate. Benjamini and Hochberg, 1995. */
export const falseDiscoveries = (pValues: Numbers, rate = 0.05): readonly boolean[] => {
  const count = falseDiscoveryCount(pValues, rate);
  const limit = count === 0 ? -1 : at(Float64Array.from(pValues).sort(), count - 1);
  return Array.from(pValues, (p) => p <= limit);
};

/**
 * Two-sided p-value of a normal estimate from its 95 % interval's half-width. 1 for a difference of
 * 0, and 0 for one without any spread. Complementary error function by Abramowitz and Stegun
 * 7.1.26, good to 1.5e-7.
 */
export const pOfHalfWidth = (value: number, half: number): number => {
  if (value === 0) return 1;
  if (half === 0) return 0;
  const x = (normalPoint * Math.abs(value)) / half / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return series * Math.exp(-x * x);
};
