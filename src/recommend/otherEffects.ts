import { effects, type Effect } from './effects';

/** Of the methods that no rule recommends, by their ids in the catalogue. */
export const otherEffects: Readonly<Record<string, Effect>> = {
  'tau-norm': { cifar: 5.5, frozen: 9.5, mnist100: 3, mnist500: 5.3, published: [0.8, 3.1] },
  'nearest-mean': { cifar: 11.1, frozen: 8.7, mnist100: 2.7, mnist500: 15.6 },
  lws: { cifar: 11.1, mnist100: 3.1, mnist500: 10.1, published: [0.7, 6.3] },
  'vector-scaling': { cifar: 2.2, frozen: 8.7, mnist500: -6.1, published: [8.9, 8.9] },
  'class-temperature': { cifar: 4.6, frozen: 10.4, mnist500: -7.2, published: [5.1, 5.1] },
  ldam: { cifar: -7.7, frozen: -3.5, mnist500: 0.9, published: [1.7, 3] },
  focal: { cifar: 0.2, frozen: -1.2, published: [-0.4, 0] },
  'class-balanced-focal': { cifar: 8.2, frozen: 5.8, published: [3.3, 4.2] },
  'label-smoothing': { cifar: -2.5, frozen: -2.8, published: [0.9, 0.9] },
  'label-aware-smoothing': { cifar: -2.2, frozen: -0.8, published: [0.6, 0.6] },
  'hard-examples': { cifar: -0.8, frozen: -0.2 },
  'bias-from-prior': { cifar: -1.2, frozen: 0.2 },
  inverse: { cifar: 5.8, frozen: 5.5, published: [-3.7, -3.7] },
  'effective-number': { cifar: 7.7, frozen: 8.9, published: [-1.5, -1.5] },
  drw: { cifar: 14.8, frozen: 7.1, published: [2.9, 6] },
  drs: { frozen: 7 },
  'ldam-drw': { cifar: 6.5, frozen: 11.8, published: [5.8, 6.7] },
  'class-aware': { cifar: 12, frozen: 6.1 },
  'effective-number-sampling': { cifar: 12, frozen: 6.1 },
  progressive: { cifar: 15.4, frozen: 6, published: [0, 0] },
  'repeat-factor': { cifar: 6.5, frozen: 1.7 },
  over: { cifar: 11.8, frozen: 6 },
  under: { cifar: 12.8, frozen: 6.1 },
  mixup: { cifar: -7.7, published: [2.1, 2.7] },
  'manifold-mixup': { cifar: -0.5, frozen: 1, published: [3.2, 3.2] },
  remix: { cifar: -4.4, published: [1.5, 3.5] },
  'tail-augmentation': { cifar: 6.8 },
  mislas: { cifar: 11.2, published: [9.7, 9.7] },
  'bag-of-tricks': { cifar: 6.1, published: [8.1, 8.1] },
  bbn: { cifar: 8.4, published: [9.5, 9.5] },
};

/** The effect of a method, where one was measured. */
export const effectOf = (id: string): Effect | null => effects[id] ?? otherEffects[id] ?? null;
