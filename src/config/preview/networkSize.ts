import type { ModelConfig, RebalanceConfig } from '../schema';

/** What an estimate of memory and time needs to know of a network, for one sample. */
export interface NetworkSize {
  readonly parameters: number;
  /** Numbers that the layers put out and training keeps. */
  readonly activations: number;
  /** Multiplications of a forward pass. */
  readonly multiplyAdds: number;
  /** Numbers that the classifier is given. */
  readonly features: number;
}

/** What the network sees: a picture, or so many numbers. */
export type InputShape =
  | { readonly kind: 'image'; readonly size: readonly [number, number]; readonly channels: number }
  | { readonly kind: 'flat'; readonly width: number };

const nothing: Omit<NetworkSize, 'features'> = { parameters: 0, activations: 0, multiplyAdds: 0 };

type Part = Omit<NetworkSize, 'features'>;

const together = (parts: readonly Part[]): Part =>
  parts.reduce(
    (all, part) => ({
      parameters: all.parameters + part.parameters,
      activations: all.activations + part.activations,
      multiplyAdds: all.multiplyAdds + part.multiplyAdds,
    }),
    nothing,
  );

const dense = (from: number, to: number): Part => ({
  parameters: from * to + to,
  activations: to,
  multiplyAdds: from * to,
});

/** A convolution without bias, its batch norm and, where one follows, its ReLU. */
const convolution = (
  from: number,
  to: number,
  { pixels, size = 3, norm = true }: { pixels: number; size?: number; norm?: boolean },
): Part => ({
  parameters: size * size * from * to + (norm ? 2 * to : 0),
  activations: to * pixels * (norm ? 3 : 1),
  multiplyAdds: size * size * from * to * pixels,
});

const half = (side: number): number => Math.ceil(side / 2);

interface Picture {
  readonly size: readonly [number, number];
  readonly channels: number;
}

/** One residual block: two convolutions, and a projection where it changes the width. */
const residualBlock = (from: number, to: number, pixels: number): Part =>
  together([
    convolution(from, to, { pixels }),
    convolution(to, to, { pixels }),
    ...(from === to ? [] : [convolution(from, to, { pixels, size: 1, norm: false })]),
  ]);

/** The residual networks for small pictures: 6n + 2 layers, halved twice. `twice` has its last block double. */
const residual = (
  { size: [height, width], channels }: Picture,
  filters: number,
  blocks: number,
  twice: boolean,
): NetworkSize => {
  const pixels = [
    height * width,
    half(height) * half(width),
    half(half(height)) * half(half(width)),
  ];
  const parts = [convolution(channels, filters, { pixels: pixels[0] ?? 0 })];
  for (const stage of [0, 1, 2])
    for (let block = 0; block < blocks; block++) {
      const to = filters * 2 ** stage;
      const from = block === 0 && stage > 0 ? to / 2 : to;
      const part = residualBlock(from, to, pixels[stage] ?? 0);
      const isLast = stage === 2 && block === blocks - 1;
      parts.push(part, ...(twice && isLast ? [part] : []));
    }
  return { ...together(parts), features: filters * 4 * (twice ? 2 : 1) };
};

const smallCnn = ({ size: [height, width], channels }: Picture, filters: number): NetworkSize => ({
  ...together([
    convolution(channels, filters, { pixels: height * width }),
    convolution(filters, 2 * filters, { pixels: half(height) * half(width) }),
    convolution(2 * filters, 4 * filters, { pixels: half(half(height)) * half(half(width)) }),
  ]),
  features: 4 * filters,
});

/** Residual blocks of a stage. */
const blocksOf = { 'resnet-8': 1, 'resnet-20': 3, 'resnet-32': 5 } as const;

const flatWidth = (input: InputShape): number =>
  input.kind === 'flat' ? input.width : input.size[0] * input.size[1] * input.channels;

/** Dense layers from width to width; the first `rectified` are followed by a ReLU. */
const layersOf = (widths: readonly number[], rectified: number): Part =>
  together(
    widths.slice(1).map((to, i) => {
      const layer = dense(widths[i] ?? 0, to);
      return i < rectified ? { ...layer, activations: 2 * to } : layer;
    }),
  );

const backboneOf = (model: ModelConfig, input: InputShape): NetworkSize => {
  const flat = { ...nothing, features: flatWidth(input) };
  switch (model.kind) {
    case 'linear':
    case 'pretrained':
      return flat;
    case 'mlp':
      return {
        ...layersOf([flat.features, ...model.hidden], model.hidden.length),
        features: model.hidden.at(-1) ?? flat.features,
      };
    case 'small-cnn':
      return input.kind === 'image' ? smallCnn(input, model.width) : flat;
    case 'bbn':
      return input.kind === 'image'
        ? residual(input, model.width, blocksOf[model.backbone], true)
        : flat;
    default:
      return input.kind === 'image'
        ? residual(input, model.width, blocksOf[model.kind], false)
        : flat;
  }
};

/**
 * Parameters, kept layer outputs and multiplications of a configured network and its classifier. The
 * layers themselves are the trainer's; a test holds this count against them.
 */
export const networkSize = (
  model: RebalanceConfig['model'],
  input: InputShape,
  classes: number,
): NetworkSize & { readonly classifier: Part } => {
  const backbone = backboneOf(model, input);
  const head = 'classifier' in model ? model.classifier : undefined;
  const hidden = head?.kind === 'mlp' ? head.hidden : [];
  const classifier = layersOf([backbone.features, ...hidden, classes], hidden.length);
  return { ...together([backbone, classifier]), features: backbone.features, classifier };
};
