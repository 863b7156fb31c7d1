import { shuffle } from '../../common/random';
import type { Random } from '../../common/random';
import { at } from '../numbers';
import type { Numbers } from '../numbers';

/** Folds a choice is cross-fitted over where nothing else is asked. */
export const usualFolds = 5;

/**
 * A fold number below `folds` for every item, each stratum spread as evenly as it goes. The strata
 * (usually the labels) are dealt one after the other without starting anew, so that small ones do
 * not all fall into the first fold. Throws RangeError for fewer than two folds.
 */
export const stratifiedFolds = (strata: Numbers, folds: number, random: Random): Uint8Array => {
  if (!Number.isInteger(folds) || folds < 2 || folds > 255) throw new RangeError(`${folds} folds`);
  const members = new Map<number, number[]>();
  for (let i = 0; i < strata.length; i++) {
    const own = members.get(at(strata, i));
    if (own === undefined) members.set(at(strata, i), [i]);
    else own.push(i);
  }
  const result = new Uint8Array(strata.length);
  let dealt = 0;
  for (const [, items] of [...members].sort(([a], [b]) => a - b))
    for (const item of shuffle(items, random)) result[item] = dealt++ % folds;
  return result;
};

/** Items inside and outside one fold, ascending. */
export interface FoldParts {
  readonly inside: Int32Array;
  readonly outside: Int32Array;
}

/** The items of every fold and those of the others; a fold without items is left out. */
export const foldParts = (folds: Numbers): readonly FoldParts[] => {
  const all = Int32Array.from(folds, (_, i) => i);
  const count = Array.from(folds).reduce((most, fold) => Math.max(most, fold), -1) + 1;
  return Array.from({ length: count }, (_, fold) => ({
    inside: all.filter((i) => at(folds, i) === fold),
    outside: all.filter((i) => at(folds, i) !== fold),
  })).filter(({ inside }) => inside.length > 0);
};

/**
 * Cross-fitting: whatever is fitted for the items of a fold has seen only the items of the others,
 * so that what it does to them is as honest as on new items. `fit` gets the items to look at,
 * `use` what came of it with the items it is for. Returns what was fitted, in the order of the folds.
 */
export const crossFit = <T>(
  folds: Numbers,
  fit: (items: Int32Array) => T,
  use: (fitted: T, items: Int32Array) => void,
): readonly T[] =>
  foldParts(folds).map(({ inside, outside }) => {
    const fitted = fit(outside);
    use(fitted, inside);
    return fitted;
  });
