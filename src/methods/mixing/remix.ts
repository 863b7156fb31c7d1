import { at, map } from '../numbers';
import type { Numbers } from '../numbers';

export interface RemixOptions {
  /** From which ratio of counts on a pair is uneven; 3 in the paper. */
  readonly kappa: number;
  /** Below which share of the input the larger class gives its label away; .5 in the paper. */
  readonly tau: number;
}

/**
 * Label factor of Remix for an item whose class has `own` samples, mixed with share `lambda` of
 * itself and the rest of a partner with `partner` samples: the rarer class takes the whole label
 * when the pair is uneven. Ratios are compared by multiplying. Chou et al., ECCV Workshops 2020
 * (arXiv 2007.03943), equation 8.
 */
export const remixFactor = (
  own: number,
  partner: number,
  lambda: number,
  { kappa, tau }: RemixOptions,
): number => {
  if (own >= kappa * partner && lambda < tau) return 0;
  if (kappa * own <= partner && 1 - lambda < tau) return 1;
  return lambda;
};

/** Label factor of every pair of a batch [rows]: it must be one per pair, not one per batch. */
export const remixFactors = (
  labels: Numbers,
  partners: Numbers,
  counts: Numbers,
  options: RemixOptions & { readonly lambda: number },
): Float64Array =>
  map(partners, (partner, row) =>
    remixFactor(
      at(counts, at(labels, row)),
      at(counts, at(labels, partner)),
      options.lambda,
      options,
    ),
  );
