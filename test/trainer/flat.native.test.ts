import { describe } from 'vitest';
import { noNative } from './backends';
import { flatContract } from './flatContract';

describe.skipIf(noNative !== null)(`tensors ${noNative ?? ''}`, () => {
  flatContract('native');
});
