import type { ModelConfig } from '../../config/schema';
import type { BranchSchedule } from '../../methods/mixing';
import type { LayerSpec, ModelSpec } from './types';

type Adaptor = Extract<ModelConfig, { kind: 'bbn' }>['adaptor'];

const schedules: Readonly<Record<Adaptor, BranchSchedule>> = {
  'parabolic-decay': 'parabolicDecay',
  'linear-decay': 'linearDecay',
  'cosine-decay': 'cosineDecay',
  'parabolic-increment': 'parabolicIncrement',
  fixed: 'fixed',
  'separate-stage': 'separateStage',
};

/** Last layers of a residual network that the branches do not share: a block, its ReLU, the pooling. */
const ownLayers = 3;

/** The same layers under names of their own. */
const renamed = (layers: readonly LayerSpec[], suffix: string): readonly LayerSpec[] =>
  layers.map((layer) => {
    const name = `${layer.name}_${suffix}`;
    if (layer.kind === 'residual')
      return {
        ...layer,
        name,
        body: renamed(layer.body, suffix),
        shortcut: renamed(layer.shortcut, suffix),
      };
    return { ...layer, name };
  });

/**
 * The bilateral-branch network on a residual one: everything shared but the last residual block,
 * features of both branches side by side under one classifier. Zhou et al., CVPR 2020
 * (arXiv 1912.02413), 4.2.
 */
export const bilateralSpec = ({ backbone, classifier }: ModelSpec, adaptor: Adaptor): ModelSpec => {
  const own = backbone.slice(-ownLayers);
  return {
    kind: 'bbn',
    backbone: [
      ...backbone.slice(0, -ownLayers),
      {
        kind: 'branches',
        name: 'branches',
        schedule: schedules[adaptor],
        first: renamed(own, 'conventional'),
        second: renamed(own, 'rebalancing'),
      },
    ],
    classifier,
  };
};
