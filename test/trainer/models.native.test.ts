import { describe } from 'vitest';
import { noNative } from './backends';
import { describeModels } from './modelsContract';

describe.skipIf(noNative !== null)(`models on the native backend ${noNative ?? ''}`, () => {
  describeModels('native');
});
