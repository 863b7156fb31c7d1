import type { ModelConfig } from '../../config/schema';
import { linearSpec, mlpSpec } from './perceptron';
import { resnetSpec } from './resnet';
import type { ModelSpec } from './types';

/** One row a kind of model: its options in `longtail.yaml` → its layers. */
export const models: {
  readonly [K in ModelConfig['kind']]: (config: Extract<ModelConfig, { kind: K }>) => ModelSpec;
} = {
  'resnet-8': ({ kind, width }) => resnetSpec(kind, { width, blocks: 1 }),
  mlp: ({ hidden }) => mlpSpec(hidden),
  linear: () => linearSpec(),
};

/** The layers of a configured model. */
export const modelSpec = <K extends ModelConfig['kind']>(
  config: Extract<ModelConfig, { kind: K }>,
): ModelSpec => models[config.kind](config);
