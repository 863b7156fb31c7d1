import { describe } from 'vitest';
import { noNative } from './backends';
import { lossesContract } from './lossesContract';

describe.skipIf(noNative !== null)(`losses ${noNative ?? ''}`, () => {
  lossesContract('native');
});
