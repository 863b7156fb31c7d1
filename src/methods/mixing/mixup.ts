import { at, map } from '../numbers';
import type { Numbers } from '../numbers';

/** factor x_i + (1 - factor) x_partner for every row of [rows][width]; `partners` is a permutation. */
export const mixRows = (
  rows: Numbers,
  width: number,
  partners: Numbers,
  factors: Numbers,
): Float64Array =>
  map(rows, (value, i) => {
    const row = Math.floor(i / width);
    const factor = at(factors, row);
    return factor * value + (1 - factor) * at(rows, at(partners, row) * width + (i % width));
  });

/** Soft targets [rows][classes]: factor on the own label, the rest on the partner's. Rows sum to 1. */
export const mixTargets = (
  labels: Numbers,
  classes: number,
  partners: Numbers,
  factors: Numbers,
): Float64Array => {
  const targets = new Float64Array(labels.length * classes);
  for (let row = 0; row < labels.length; row++) {
    const own = row * classes + at(labels, row);
    const other = row * classes + at(labels, at(partners, row));
    targets[own] = at(targets, own) + at(factors, row);
    targets[other] = at(targets, other) + 1 - at(factors, row);
  }
  return targets;
};
