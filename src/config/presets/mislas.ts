import { plainStageOf, scaledEpochs, scaledSteps } from './scaling';
import type { Preset, PresetFacts } from './types';

/**
 * What the authors chose on CIFAR-10-LT (up to 20 classes) and CIFAR-100-LT, at imbalance factors
 * 10, 50 and 100; the nearest below is taken.
 */
const published = {
  few: [
    { above: 100, head: 0.3, tail: 0, rate: 0.5 },
    { above: 50, head: 0.2, tail: 0, rate: 0.2 },
    { above: 0, head: 0.1, tail: 0, rate: 0.2 },
  ],
  many: [
    { above: 100, head: 0.4, tail: 0.1, rate: 0.2 },
    { above: 50, head: 0.3, tail: 0, rate: 0.1 },
    { above: 0, head: 0.2, tail: 0, rate: 0.1 },
  ],
} as const;

const settingsFor = ({ classes, ratio }: PresetFacts) => {
  const rows = classes <= 20 ? published.few : published.many;
  // CIFAR-10-LT at factor 100 is 5000 / 50; rounding leaves others a little below their name.
  return rows.find(({ above }) => ratio >= above * 0.95) ?? rows[2];
};

/**
 * Zhong et al., CVPR 2021: 200 epochs of mixup, rate × 0.1 at 160 and 180, then 10 that train scales
 * and, slowly, the classifier, with label-aware smoothing and every class drawn alike.
 */
export const mislas: Preset = {
  id: 'mislas',
  images: false,
  apply: (plain, facts) => {
    const stage = plainStageOf(plain);
    const { head, tail, rate } = settingsFor(facts);
    const second = scaledEpochs(stage.epochs, 10, 210);
    const first = Math.max(1, stage.epochs - second);
    const steps = { whole: 200, drops: [160, 180], dropTo: 0.1, warmup: 5 };
    const optimizer = { ...stage.optimizer, weightDecay: 5e-4 };
    return {
      ...plain,
      stages: [
        {
          ...stage,
          name: 'mixup',
          epochs: first,
          mixing: { kind: 'mixup', alpha: 1 },
          optimizer: { ...optimizer, ...scaledSteps(first, steps) },
        },
        {
          ...stage,
          name: 'smoothing',
          epochs: second,
          trainable: 'classifier-and-scale',
          sampler: { kind: 'class-balanced' },
          loss: { kind: 'label-aware-smoothing', head, tail, shape: 'concave' },
          ...(facts.classes > 20 ? { batchNorm: 'update' as const } : {}),
          optimizer: { ...optimizer, schedule: 'cosine', warmupEpochs: 0, classifierRate: rate },
        },
      ],
    };
  },
};
