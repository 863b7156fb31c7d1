import { LongtailError } from '../../common/errors';
import type { ModelConfig } from '../../config/schema';
import { linearSpec, mlpSpec } from './perceptron';
import { resnetSpec } from './resnet';
import type { ModelSpec } from './types';

/** One row a kind of model: its options in `longtail.yaml` → its layers. */
export const models: {
  readonly [K in ModelConfig['kind']]?: (config: Extract<ModelConfig, { kind: K }>) => ModelSpec;
} = {
  'resnet-8': ({ kind, width, normMomentum }) =>
    resnetSpec(kind, { width, blocks: 1, normMomentum }),
  'resnet-20': ({ kind, width, normMomentum }) =>
    resnetSpec(kind, { width, blocks: 3, normMomentum }),
  'resnet-32': ({ kind, width, normMomentum }) =>
    resnetSpec(kind, { width, blocks: 5, normMomentum }),
  mlp: ({ hidden }) => mlpSpec(hidden),
  linear: () => linearSpec(),
  // The frozen network ran already: its features are the input.
  pretrained: ({ kind }) => ({ ...linearSpec(), kind }),
};

/** The layers of a configured model. */
export const modelSpec = (config: ModelConfig): ModelSpec => {
  // The row of a kind takes the options of that kind, which the compiler cannot follow through the table.
  const build = models[config.kind] as ((config: ModelConfig) => ModelSpec) | undefined;
  if (build === undefined) throw new LongtailError('train/not-built', { name: config.kind });
  return build(config);
};
