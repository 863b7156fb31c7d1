import type { ModelConfig } from '../../config/schema';
import { bilateralSpec } from './bilateral';
import { classifierSpec } from './classifier';
import { linearSpec, mlpSpec } from './perceptron';
import { resnetSpec } from './resnet';
import { smallCnnSpec } from './smallCnn';
import type { ModelSpec } from './types';

/** Residual blocks of a stage. */
const blocks = { 'resnet-8': 1, 'resnet-20': 3, 'resnet-32': 5 } as const;

const resnet = ({
  kind,
  width,
  normMomentum,
}: {
  readonly kind: keyof typeof blocks;
  readonly width: number;
  readonly normMomentum?: number | undefined;
}): ModelSpec => resnetSpec(kind, { width, blocks: blocks[kind], normMomentum });

/** One row a kind of model: its options in `longtail.yaml` → its layers. */
export const models: {
  readonly [K in ModelConfig['kind']]: (config: Extract<ModelConfig, { kind: K }>) => ModelSpec;
} = {
  'resnet-8': resnet,
  'resnet-20': resnet,
  'resnet-32': resnet,
  'small-cnn': ({ width }) => smallCnnSpec(width),
  mlp: ({ hidden }) => mlpSpec(hidden),
  linear: () => linearSpec(),
  bbn: ({ backbone, width, adaptor }) => bilateralSpec(resnet({ kind: backbone, width }), adaptor),
  // The frozen network ran already: its features are the input.
  pretrained: ({ kind }) => ({ ...linearSpec(), kind }),
};

/** Whether training a model runs convolutions. A pretrained network's ran before. */
export const isConvolutional = (config: ModelConfig): boolean =>
  modelSpec(config).backbone.some(({ kind }) => kind === 'conv');

/** The layers of a configured model, with the classifier it asks for. */
export const modelSpec = (config: ModelConfig): ModelSpec => {
  // The row of a kind takes the options of that kind, which the compiler cannot follow through the table.
  const build = models[config.kind] as (config: ModelConfig) => ModelSpec;
  const own = 'classifier' in config ? config.classifier : undefined;
  return { ...build(config), classifier: classifierSpec(own) };
};
