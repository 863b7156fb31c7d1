import type { StageConfig } from '../../config/schema';
import { prepareClassifierOnly } from './classifierOnly';
import type { PrepareStage } from './types';
import { prepareWholeNetwork } from './wholeNetwork';

/** One row a value of `trainable`. */
export const stages: Readonly<Partial<Record<StageConfig['trainable'], PrepareStage>>> = {
  all: prepareWholeNetwork,
  classifier: prepareClassifierOnly,
};
