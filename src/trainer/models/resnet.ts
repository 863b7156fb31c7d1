import { classifierSpec } from './classifier';
import type { LayerSpec, ModelSpec } from './types';

export interface ResnetOptions {
  /** Filters of the first stage; the later two have twice and four times as many. */
  readonly width: number;
  /** Residual blocks of each of the three stages: 1 gives ResNet-8, 3 gives ResNet-20. */
  readonly blocks: number;
  /** Share of the old running statistics kept at a step, as Keras means it. */
  readonly normMomentum?: number | undefined;
}

/** Keras's default. */
const epsilon = 1e-3;
/**
 * Keras's default of 0.99 still holds a quarter of the initial statistics after 140 steps, and tail
 * classes of short runs pay for it; 0.9 is what the CIFAR-LT recipes use (PyTorch's 0.1).
 */
const defaultNormMomentum = 0.9;

const conv = (name: string, filters: number, stride: number, size = 3): LayerSpec => ({
  kind: 'conv',
  ...{ name, filters, size, stride, padding: 'same', bias: false },
  // Weight decay acts on the 3×3 kernels, not on the projections of the shortcuts.
  decay: size === 3,
});

type Norm = (name: string) => LayerSpec;

const block = (
  norm: Norm,
  name: string,
  { filters, stride, project }: { filters: number; stride: number; project: boolean },
): LayerSpec[] => [
  {
    kind: 'residual',
    name,
    body: [
      conv(`${name}_conv1`, filters, stride),
      norm(`${name}_bn1`),
      { kind: 'relu', name: `${name}_relu1` },
      conv(`${name}_conv2`, filters, 1),
      norm(`${name}_bn2`),
    ],
    shortcut: project ? [conv(`${name}_project`, filters, stride, 1)] : [],
  },
  { kind: 'relu', name: `${name}_relu2` },
];

/**
 * The residual network for small pictures of He et al. 2016, 4.2 (6n + 2 layers, global average
 * pooling), with a 1×1 projection where a block changes the width.
 */
export const resnetSpec = (
  kind: string,
  { width, blocks, normMomentum: momentum = defaultNormMomentum }: ResnetOptions,
): ModelSpec => {
  const norm: Norm = (name) => ({ kind: 'batch-norm', name, epsilon, momentum });
  return {
    kind,
    backbone: [
      conv('stem_conv', width, 1),
      norm('stem_bn'),
      { kind: 'relu', name: 'stem_relu' },
      ...[0, 1, 2].flatMap((stage) =>
        Array.from({ length: blocks }, (_, index) => {
          const first = stage > 0 && index === 0;
          return block(norm, `block${stage + 1}_${index + 1}`, {
            filters: width * 2 ** stage,
            stride: first ? 2 : 1,
            project: first,
          });
        }).flat(),
      ),
      { kind: 'global-average-pool', name: 'pool' },
    ],
    classifier: classifierSpec(),
  };
};
