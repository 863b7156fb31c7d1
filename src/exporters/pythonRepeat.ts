import { words } from '../words/say';
import { commentLines } from './python';
import { classTable, float, number } from './pythonModule';
import type { ExportJob } from './types';

/** How the factors came about, in a comment. */
const rule = ({ stage, origin }: ExportJob): string => {
  const { sampler } = stage.config;
  if (sampler.kind !== 'repeat-factor' || stage.sampler.threshold === null)
    return commentLines(words('exporters/repeat-none'));
  return commentLines(
    words('exporters/repeat-rule', {
      threshold: number(stage.sampler.threshold),
      chosen: words(`exporters/repeat-${sampler.threshold === 'median' ? 'median' : 'given'}`),
      power: sampler.squareRoot ? 'sqrt(t / f)' : 't / f',
      most: sampler.most,
      images: origin.items,
    }),
  );
};

/** IMAGES, REPEAT_FACTORS, and the factor of each image by the classes in it; needs warnings. */
export const imageFactors = (job: ExportJob): string => `
# Training images with an object of the class, before any hold-out of your own.
${classTable(
  'IMAGES',
  job,
  job.classes.map(({ images }) => images),
)}

${rule(job)}
${classTable('REPEAT_FACTORS', job, job.stage.sampler.repeats ?? job.classes.map(() => 1), float)}


def image_factors(image_classes, class_mapping):
    # The factor of each image: the largest of its classes, 1 for an image without objects.
    # image_classes: for each image the indices of the classes in it, in the order of your mapping.
    factors, images = in_order(REPEAT_FACTORS, class_mapping), in_order(IMAGES, class_mapping)
    own = [0] * len(images)
    result = []
    for classes in image_classes:
        classes = {int(index) for index in classes}
        outside = [index for index in classes if not 0 <= index < len(factors)]
        if outside:
            raise ValueError(f"A label lies outside the class mapping: {min(outside)}")
        for index in classes:
            own[index] += 1
        result.append(max((factors[index] for index in classes), default=1.0))
    more = [index for index, n in enumerate(own) if n > images[index]]
    if more:
        warnings.warn(
            "There are more images of these classes than IMAGES has; check that labels and class "
            f"mapping belong together: {more}"
        )
    return result
`;

/** `epoch_indices` by the factors of images, in NumPy: an epoch is always as long. */
export const repeatEpoch = ({ config }: ExportJob): string => `

def epoch_indices(factors, epoch=0, seed=${config.seed}):
    # Positions of the images that an epoch shows: each as often as the whole part of its factor
    # says, and once more by chance, as likely as the fraction is large. Seed and epoch decide.
    random = np.random.default_rng([seed, epoch])
    factors = np.asarray(factors, dtype=np.float64)
    items = np.arange(len(factors))
    whole = np.repeat(items, factors.astype(np.int64))
    left = round(float(factors.sum())) - len(whole)
    order = random.permutation(len(items))
    reached = np.cumsum((factors - np.floor(factors))[order])
    marks = (random.random() + np.arange(left)) * reached[-1] / max(1, left)
    picked = np.minimum(np.searchsorted(reached, marks, side="right"), len(items) - 1)
    return random.permutation(np.concatenate([whole, items[order[picked]]]))
`;
