/**
 * Points of balanced accuracy over plain training that docs/results.md reports, by set, and the
 * papers' own on CIFAR-10-LT at ratio 100, lowest and highest. A test reads them there.
 */
export interface Effect {
  readonly cifar?: number;
  readonly frozen?: number;
  readonly mnist100?: number;
  readonly mnist500?: number;
  readonly published?: readonly [number, number];
}

export const measuredSets = {
  cifar: { name: 'CIFAR-10-LT, ratio 100, ResNet-8', classes: 10, ratio: 100 },
  frozen: { name: 'CIFAR-10-LT, ratio 100, a frozen network', classes: 10, ratio: 100 },
  mnist100: { name: 'MNIST-LT, ratio 100, ResNet-8', classes: 10, ratio: 100 },
  mnist500: { name: 'MNIST-LT, ratio 500, ResNet-8', classes: 10, ratio: 500 },
} as const;
export type MeasuredSet = keyof typeof measuredSets;

/** Of what is recommended, by the rule's id. */
export const effects: Readonly<Record<string, Effect>> = {
  'logit-adjustment-posthoc': {
    cifar: 14.7,
    frozen: 9.6,
    mnist100: 2.9,
    mnist500: 12.5,
    published: [3.1, 6],
  },
  'logit-adjusted-loss': {
    cifar: 15.4,
    frozen: 10.3,
    mnist100: 3.1,
    mnist500: 15,
    published: [2.7, 6.5],
  },
  'decoupled-crt': { cifar: 15.4, mnist100: 3.2, mnist500: 19.7, published: [3, 4.6] },
  'class-balanced-sampling': { cifar: 13.1, frozen: 6.1, published: [0.2, 0.5] },
  'square-root-sampling': { cifar: 10, frozen: 3, published: [-0.5, -0.5] },
};
