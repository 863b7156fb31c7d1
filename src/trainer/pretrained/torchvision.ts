import type { Activation, NetLayer, PretrainedNet } from './netTypes';

/** Networks as torchvision writes them down, up to the global average; names are those of its state dicts. */

interface ConvOptions {
  readonly stride?: number;
  /** Zeros on every side. */
  readonly padding?: number;
  readonly depthwise?: boolean;
  readonly activation: Activation;
}

const conv = (name: string, norm: string, options: ConvOptions): NetLayer => ({
  ...{ kind: 'conv', name, norm, stride: 1, padding: 0, depthwise: false },
  ...options,
});

/** ImageNet's colours (mean and deviation of 0 … 1) in bytes. */
export const imageNetColours: PretrainedNet['input'] = {
  mean: [0.485 * 255, 0.456 * 255, 0.406 * 255],
  deviation: [0.229 * 255, 0.224 * 255, 0.225 * 255],
};

/** Epsilon of PyTorch's batch norm. */
const common = { epsilon: 1e-5, input: imageNetColours } as const;

/** Two 3 × 3 convolutions beside a shortcut (He et al. 2016, figure 5 left). */
const basicBody = (at: string, stride: number): readonly NetLayer[] => [
  conv(`${at}.conv1`, `${at}.bn1`, { stride, padding: 1, activation: 'relu' }),
  conv(`${at}.conv2`, `${at}.bn2`, { padding: 1, activation: 'none' }),
];

/** 1 × 1, 3 × 3, 1 × 1 (figure 5 right); the stride is in the middle, where torchvision has it. */
const bottleneckBody = (at: string, stride: number): readonly NetLayer[] => [
  conv(`${at}.conv1`, `${at}.bn1`, { activation: 'relu' }),
  conv(`${at}.conv2`, `${at}.bn2`, { stride, padding: 1, activation: 'relu' }),
  conv(`${at}.conv3`, `${at}.bn3`, { activation: 'none' }),
];

interface ResNetShape {
  readonly block: 'basic' | 'bottleneck';
  readonly repeats: readonly [number, number, number, number];
}

/** ResNet with the blocks of He et al. 2016, table 1, and projections where the width changes. */
export const resNet = (id: string, { block, repeats }: ResNetShape): PretrainedNet => {
  const layers: NetLayer[] = [
    conv('conv1', 'bn1', { stride: 2, padding: 3, activation: 'relu' }),
    { kind: 'max-pool', size: 3, stride: 2, padding: 1 },
  ];
  repeats.forEach((count, stage) => {
    for (let i = 0; i < count; i++) {
      const at = `layer${stage + 1}.${i}`;
      const stride = i === 0 && stage > 0 ? 2 : 1;
      const changes = i === 0 && (stage > 0 || block === 'bottleneck');
      layers.push({
        kind: 'residual',
        body: (block === 'basic' ? basicBody : bottleneckBody)(at, stride),
        shortcut: changes
          ? [conv(`${at}.downsample.0`, `${at}.downsample.1`, { stride, activation: 'none' })]
          : [],
        activation: 'relu',
      });
    }
  });
  return { id, layers, width: block === 'basic' ? 512 : 2048, ...common };
};

/** Widening, repeats and first stride of each stage (Sandler et al. 2018, table 2). */
const mobileStages: readonly (readonly [expansion: number, repeats: number, stride: number])[] = [
  [1, 1, 1],
  [6, 2, 2],
  [6, 3, 2],
  [6, 4, 2],
  [6, 3, 1],
  [6, 3, 2],
  [6, 1, 1],
];

/** MobileNetV2: inverted residuals with ReLU6, padded evenly. */
export const mobileNetV2 = (): PretrainedNet => {
  const layers: NetLayer[] = [
    conv('features.0.0', 'features.0.1', { stride: 2, padding: 1, activation: 'relu6' }),
  ];
  let index = 1;
  for (const [expansion, repeats, firstStride] of mobileStages)
    for (let i = 0; i < repeats; i++) {
      const at = `features.${index++}.conv`;
      const stride = i === 0 ? firstStride : 1;
      const wide = expansion === 1 ? 0 : 1;
      const body = [
        ...(wide === 0 ? [] : [conv(`${at}.0.0`, `${at}.0.1`, { activation: 'relu6' })]),
        conv(`${at}.${wide}.0`, `${at}.${wide}.1`, {
          ...{ stride, padding: 1, depthwise: true, activation: 'relu6' },
        }),
        conv(`${at}.${wide + 1}`, `${at}.${wide + 2}`, { activation: 'none' }),
      ];
      if (i === 0) layers.push(...body);
      else layers.push({ kind: 'residual', body, shortcut: [], activation: 'none' });
    }
  layers.push(conv(`features.${index}.0`, `features.${index}.1`, { activation: 'relu6' }));
  return { id: 'mobilenet_v2', layers, width: 1280, ...common };
};
