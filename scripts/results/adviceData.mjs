// Long tails cut from MNIST, and from CIFAR-10-LT: shapes and factors of the profile, each seed with
// its own pictures and its own order of the classes.
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

/** CIFAR-10-LT has 5,000 … 50 of a class, and 500 of the test set join them. */
export const photoProfiles = [
  row('exponential', 500, 2),
  ...[10, 50, 100].flatMap((factor) => [row('exponential', 500, factor), row('step', 500, factor)]),
  row('exponential', 500, 500),
  row('exponential', 100, 10),
  row('exponential', 100, 50),
  // Only in the order of the classes are there so many.
  ...[
    row('exponential', 3000, 10),
    row('exponential', 5000, 100),
    row('exponential', 5000, 500),
  ].map((profile) => ({ ...profile, inOrder: true })),
];

/** Counts by class: which class is rarest turns with the seed. */
export const turned = ({ counts, inOrder = false }, seed) =>
  inOrder ? counts : counts.map((_, k) => counts[(k + 3 * seed) % classes]);

/** Where the dataset of a profile and seed lies; written when it is not there. */
export const adviceDataset = (work, profile, seed) => {
  const { id, counts } = profile;
  // The pictures turn with the seed too, 1,000 of each class a seed.
  return writeMnist(join(work, 'data', `advice-${id}-${seed}`), {
    train: turned(profile, seed),
    skip: counts.map(() => 1000 * (seed % 5)),
    test: counts.map(() => 200),
  });
};
