import { at } from '../numbers';
import type { Numbers } from '../numbers';

/**
 * factor x_i + (1 - factor) x_partner for every row of [rows][width], written to `out`; `partners`
 * is a permutation. Zhang et al., ICLR 2018 (arXiv 1710.09412), equation 1.
 */
export const mixRowsInto = <T extends Float32Array | Float64Array>(
  out: T,
  rows: Numbers,
  width: number,
  { partners, factors }: { readonly partners: Numbers; readonly factors: Numbers },
): T => {
  for (let row = 0; row < partners.length; row++) {
    const factor = at(factors, row);
    const rest = 1 - factor;
    const own = row * width;
    const other = at(partners, row) * width;
    for (let i = 0; i < width; i++)
      out[own + i] = factor * (rows[own + i] ?? NaN) + rest * (rows[other + i] ?? NaN);
  }
  return out;
};

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
