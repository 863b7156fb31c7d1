import { countOfLabels, type LabelSets } from '../labelSets';
import { map, sum } from '../numbers';
import type { Numbers } from '../numbers';

export interface RepeatFactors {
  /** How many images hold each category, each image counted once [categories]. */
  readonly imagesPerCategory: Float64Array;
  /** f_c, the share of images that hold the category [categories]. */
  readonly categoryFrequency: Float64Array;
  /** r_c >= 1; null for a category in no image. */
  readonly categoryRepeat: readonly (number | null)[];
  /** r_I >= 1, the largest factor of the image's categories; 1 for an image without any. */
  readonly imageRepeat: Float64Array;
  /** Sum of the image factors: the expected images an epoch. */
  readonly expectedEpochSize: number;
  /** Expected images an epoch that hold each category. */
  readonly expectedImagesPerCategory: Float64Array;
}

export interface RepeatOptions {
  /** t, the frequency below which a category is repeated. */
  readonly threshold: number;
  /** false leaves the root out. */
  readonly squareRoot?: boolean;
  /** Largest factor; without limit where absent. */
  readonly most?: number;
}

/**
 * r_c = max(1, sqrt(t / f_c)), at most `most`, by the share f_c of images that hold the category
 * [categories]; null for a category in no image. Gupta et al., LVIS, CVPR 2019, appendix B.2.
 */
export const categoryRepeats = (
  frequencies: Numbers,
  { threshold, squareRoot, most }: RepeatOptions,
): readonly (number | null)[] =>
  Array.from(frequencies, (f) => {
    if (f === 0) return null;
    const ratio = threshold / f;
    return Math.min(most ?? Infinity, Math.max(1, squareRoot === false ? ratio : Math.sqrt(ratio)));
  });

/**
 * Repeat-factor sampling for images with several labels: r_c = max(1, sqrt(t / f_c)) and
 * r_I = max over the image's labels. An epoch shows image I floor(r_I) times and once more with
 * the fractional part as probability.
 */
export const repeatFactors = (
  images: LabelSets,
  categories: number,
  options: RepeatOptions,
): RepeatFactors => {
  const { starts, labels } = images;
  const imagesPerCategory = countOfLabels(images, categories);
  const count = starts.length - 1;
  const categoryFrequency = map(imagesPerCategory, (n) => n / Math.max(1, count));
  const categoryRepeat = categoryRepeats(categoryFrequency, options);
  const factors = Float64Array.from(categoryRepeat, (factor) => factor ?? 1);
  const imageRepeat = new Float64Array(count);
  const expectedImagesPerCategory = new Float64Array(categories);
  for (let image = 0; image < count; image++) {
    const from = starts[image] ?? 0;
    const to = starts[image + 1] ?? 0;
    let repeat = 1;
    for (let at = from; at < to; at++) repeat = Math.max(repeat, factors[labels[at] ?? 0] ?? NaN);
    imageRepeat[image] = repeat;
    for (let at = from; at < to; at++) {
      const label = labels[at] ?? 0;
      expectedImagesPerCategory[label] = (expectedImagesPerCategory[label] ?? NaN) + repeat;
    }
  }
  return {
    imagesPerCategory,
    categoryFrequency,
    categoryRepeat,
    imageRepeat,
    expectedEpochSize: sum(imageRepeat),
    expectedImagesPerCategory,
  };
};

/** The part of a repeat factor that is certain, and the probability of one repeat more. */
export const splitRepeat = (
  factor: number,
): { readonly whole: number; readonly fraction: number } => {
  const whole = Math.floor(factor);
  return { whole, fraction: factor - whole };
};

/** The threshold used when none is given: the median category frequency (absent ones left out). */
export const medianFrequencyThreshold = (categoryFrequency: Numbers): number => {
  const present = Array.from(categoryFrequency)
    .filter((f) => f > 0)
    .sort((a, b) => a - b);
  if (present.length === 0) return 0;
  const upper = present[present.length >> 1] ?? 0;
  const lower = present[(present.length - 1) >> 1] ?? 0;
  return (upper + lower) / 2;
};
