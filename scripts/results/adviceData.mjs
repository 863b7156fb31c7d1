// Small long tails cut from MNIST: shapes and factors of the profile, each seed with its own
// pictures and its own order of the classes.
import { join } from 'node:path';

import { longTailCounts } from '../sample.mjs';
import { writeMnist } from './mnist.mjs';

const classes = 10;

/** Counts of a class from the most common to the rarest (METHODS: exponential and step profiles). */
const shapes = {
  exponential: (largest, imbalance) => longTailCounts({ largest, imbalance, classes }),
  step: (largest, imbalance) =>
    Array.from({ length: classes }, (_, k) =>
      k < classes / 2 ? largest : Math.max(1, Math.floor(largest / imbalance)),
    ),
};

const row = (shape, largest, imbalance) => ({
  id: `${shape}-${largest}-${imbalance}`,
  title: `${shape}, ${largest.toLocaleString('en')} … ${Math.max(1, Math.floor(largest / imbalance + 1e-9))}`,
  counts: shapes[shape](largest, imbalance),
});

export const adviceProfiles = [
  row('exponential', 1000, 2),
  ...[10, 50, 100, 500].flatMap((factor) => [
    row('exponential', 1000, factor),
    row('step', 1000, factor),
  ]),
  row('exponential', 100, 10),
  row('exponential', 100, 50),
];

/** Where the dataset of a profile and seed lies; written when it is not there. */
export const adviceDataset = (work, { id, counts }, seed) => {
  // The class that is rarest turns with the seed; so do the pictures, 1,000 of each class a seed.
  const turned = counts.map((_, k) => counts[(k + 3 * seed) % classes]);
  return writeMnist(join(work, 'data', `advice-${id}-${seed}`), {
    train: turned,
    skip: counts.map(() => 1000 * (seed % 5)),
    test: counts.map(() => 200),
  });
};
