// The data sets of docs/results.md and the plain training every recipe starts from. The settings of
// the two CIFAR and MNIST tables are those of the reference run they stand beside.
import { mnistLongTail } from './mnist.mjs';

const sgd = (rest) => ({
  kind: 'sgd',
  learningRate: 0.1,
  momentum: 0.9,
  nesterov: true,
  schedule: 'cosine',
  batchSize: 128,
  ...rest,
});

/** The head trained again: ten epochs of class-balanced draws, as the reference's. */
export const headStage = (rest = {}) => ({
  name: 'classifier',
  epochs: 10,
  trainable: 'classifier',
  init: 'again',
  sampler: { kind: 'class-balanced' },
  optimizer: sgd({ nesterov: false, weightDecay: 0, schedule: 'constant' }),
  ...rest,
});

const config = ({ root, format, epochs, input, model }) => ({
  version: 1,
  dataset: { root, format, splits: { train: 'train', validation: 'none', test: 'test' } },
  bands: 'rank',
  input,
  model,
  stages: [{ name: 'train', epochs, optimizer: sgd({ weightDecay: 4e-4, decayOn: 'backbone' }) }],
});

const resnet = { kind: 'resnet-8', normMomentum: 0.99 };

/**
 * One row a table of the document. `root(folder)` gives the dataset, null where it is not there;
 * `reference` maps recipes to [balanced, head, medium, tail].
 */
export const settings = [
  {
    id: 'cifar10-lt',
    title: 'CIFAR-10-LT, imbalance factor 100',
    about:
      '12,406 training pictures (5,000 … 50 a class, exponential), the 10,000 of the test set. ResNet-8, 20 epochs of batch 128 (1,940 steps), SGD 0.1 with Nesterov momentum 0.9 and cosine schedule, decay 4e-4 on the 3×3 kernels, crop and flip.',
    root: ({ cifar }) => cifar ?? null,
    config: (root) =>
      config({
        ...{ root, format: 'image-folder', epochs: 20, model: resnet },
        input: { kind: 'image', size: [32, 32], channels: 3, augment: ['crop', 'flip'] },
      }),
    published: true,
  },
  {
    id: 'mnist-lt-100',
    title: 'MNIST-LT, imbalance factor 100',
    about:
      'The first 5,000 … 50 pictures of each digit in file order, the 10,000 of the test set. The same network, 5 epochs (485 steps), no augmentation.',
    root: ({ work }) => mnistLongTail(work, { largest: 5000, imbalance: 100, classes: 10 }),
    config: (root) =>
      config({
        ...{ root, format: 'mnist-idx', epochs: 5, model: resnet },
        input: { kind: 'image', size: [28, 28], channels: 1, augment: [] },
      }),
  },
  {
    id: 'mnist-lt-500',
    title: 'MNIST-LT, imbalance factor 500',
    about: 'As above with 5,000 … 10 pictures a digit: the harder demonstration.',
    root: ({ work }) => mnistLongTail(work, { largest: 5000, imbalance: 500, classes: 10 }),
    config: (root) =>
      config({
        ...{ root, format: 'mnist-idx', epochs: 5, model: resnet },
        input: { kind: 'image', size: [28, 28], channels: 1, augment: [] },
      }),
  },
];
