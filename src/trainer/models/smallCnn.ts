import { classifierSpec } from './classifier';
import type { LayerSpec, ModelSpec } from './types';

const block = (name: string, filters: number): readonly LayerSpec[] => [
  {
    kind: 'conv',
    ...{ name: `${name}_conv`, filters, size: 3, stride: 1, padding: 'same' },
    ...{ bias: false, decay: true },
  },
  { kind: 'batch-norm', name: `${name}_bn`, epsilon: 1e-3, momentum: 0.9 },
  { kind: 'relu', name: `${name}_relu` },
];

const pool = (name: string): LayerSpec => ({
  kind: 'max-pool',
  ...{ name, size: 2, stride: 2, padding: 'same' },
});

/**
 * Three 3×3 convolutions with batch norm, of so many, twice and four times as many filters, halved
 * by max pooling in between and averaged over the picture at the end. A third of ResNet-8's work.
 */
export const smallCnnSpec = (width: number): ModelSpec => ({
  kind: 'small-cnn',
  backbone: [
    ...block('block1', width),
    pool('pool1'),
    ...block('block2', width * 2),
    pool('pool2'),
    ...block('block3', width * 4),
    { kind: 'global-average-pool', name: 'pool' },
  ],
  classifier: classifierSpec(),
});
