import { at } from '../numbers';
import type { Numbers } from '../numbers';
import type { Measured } from './overSeeds';

/**
 * Weighted mean of independent measures, with an interval from theirs: the distances to their bounds
 * are weighed, squared and added. It holds where a measure comes from a few items that were all right
 * or all wrong, of which resampling says that they could not have been otherwise. Zou and Donner,
 * Statistics in Medicine 2008, 27, 1693 (MOVER). `weights` [measures], at least one above 0.
 */
export const meanOfIntervals = (parts: readonly Measured[], weights: Numbers): Measured => {
  let [total, value, below, above] = [0, 0, 0, 0];
  parts.forEach(({ value: own, interval: [low, high] }, i) => {
    const weight = at(weights, i);
    total += weight;
    value += weight * own;
    below += (weight * (own - low)) ** 2;
    above += (weight * (high - own)) ** 2;
  });
  return {
    value: value / total,
    interval: [(value - Math.sqrt(below)) / total, (value + Math.sqrt(above)) / total],
  };
};
