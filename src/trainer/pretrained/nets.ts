import type { ModelConfig } from '../../config/schema';
import { efficientNetLite0 } from './efficientNetLite';
import type { PretrainedNet } from './netTypes';
import { mobileNetV2, resNet } from './torchvision';

/** Networks that `model.net` of a config can name and whose layers are written down here. */
export type NetId = Exclude<Extract<ModelConfig, { kind: 'pretrained' }>['net'], 'tfjs'>;

/** One row a network whose layers are known. */
const nets: Readonly<Record<NetId, () => PretrainedNet>> = {
  'efficientnet-lite0': efficientNetLite0,
  resnet18: () => resNet('resnet18', { block: 'basic', repeats: [2, 2, 2, 2] }),
  resnet34: () => resNet('resnet34', { block: 'basic', repeats: [3, 4, 6, 3] }),
  resnet50: () => resNet('resnet50', { block: 'bottleneck', repeats: [3, 4, 6, 3] }),
  mobilenet_v2: mobileNetV2,
};

/** A listed network. */
export const netOf = (id: NetId): PretrainedNet => nets[id]();
