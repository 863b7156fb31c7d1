import type { StageConfig } from '../../config/schema';
import { prepareBilateral } from './bilateral';
import { prepareClassifierOnly } from './classifierOnly';
import type { PrepareStage } from './types';
import { prepareWholeNetwork } from './wholeNetwork';

/** One row a value of `trainable`. */
export const stages: Readonly<Record<StageConfig['trainable'], PrepareStage>> = {
  all: (inputs) =>
    inputs.network.branches === null ? prepareWholeNetwork(inputs) : prepareBilateral(inputs),
  classifier: prepareClassifierOnly,
  scale: prepareClassifierOnly,
  'classifier-and-scale': prepareClassifierOnly,
};
