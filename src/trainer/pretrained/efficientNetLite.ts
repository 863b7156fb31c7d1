import type { NetLayer, PretrainedNet } from './netTypes';

interface Stage {
  readonly repeats: number;
  readonly stride: number;
  readonly expansion: number;
  readonly input: number;
  readonly output: number;
}

/** Stages of B0 (Tan and Le 2019, table 1); the kernel sizes are those of the weights. */
const stages: readonly Stage[] = [
  { repeats: 1, stride: 1, expansion: 1, input: 32, output: 16 },
  { repeats: 2, stride: 2, expansion: 6, input: 16, output: 24 },
  { repeats: 2, stride: 2, expansion: 6, input: 24, output: 40 },
  { repeats: 3, stride: 2, expansion: 6, input: 40, output: 80 },
  { repeats: 3, stride: 1, expansion: 6, input: 80, output: 112 },
  { repeats: 4, stride: 2, expansion: 6, input: 112, output: 192 },
  { repeats: 1, stride: 1, expansion: 6, input: 192, output: 320 },
];

const conv = (
  name: string,
  norm: string,
  more: { readonly stride?: number; readonly depthwise?: boolean; readonly linear?: boolean } = {},
): NetLayer => ({
  kind: 'conv',
  name,
  norm,
  stride: more.stride ?? 1,
  padding: 'same',
  depthwise: more.depthwise ?? false,
  activation: more.linear === true ? 'none' : 'relu6',
});

/** Inverted residual: widen, filter each channel, narrow without activation (Sandler et al. 2018). */
const block = (index: number, stage: Stage, repeat: number): NetLayer[] => {
  const at = `_blocks.${index}`;
  const stride = repeat === 0 ? stage.stride : 1;
  const body = [
    ...(stage.expansion === 1 ? [] : [conv(`${at}._expand_conv`, `${at}._bn0`)]),
    conv(`${at}._depthwise_conv`, `${at}._bn1`, { stride, depthwise: true }),
    conv(`${at}._project_conv`, `${at}._bn2`, { linear: true }),
  ];
  const same = stride === 1 && (repeat > 0 || stage.input === stage.output);
  return same ? [{ kind: 'residual', body, shortcut: [], activation: 'none' }] : body;
};

const layers = (): NetLayer[] => {
  const made = [conv('_conv_stem', '_bn0', { stride: 2 })];
  let index = 0;
  for (const stage of stages)
    for (let repeat = 0; repeat < stage.repeats; repeat++)
      made.push(...block(index++, stage, repeat));
  return [...made, conv('_conv_head', '_bn1')];
};

/**
 * EfficientNet-Lite0 as trained by TensorFlow and written down for PyTorch: ReLU6, no
 * squeeze-excitation, TensorFlow's padding, batch norm epsilon 1e-3. The weights want
 * (byte − 127) / 128; mean and deviation of ImageNet cost about four points of accuracy.
 */
export const efficientNetLite0 = (): PretrainedNet => ({
  id: 'efficientnet-lite0',
  layers: layers(),
  width: 1280,
  epsilon: 1e-3,
  input: { mean: [127, 127, 127], deviation: [128, 128, 128] },
});
