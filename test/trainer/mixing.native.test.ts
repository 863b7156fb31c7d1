import { describe } from 'vitest';
import { noNative } from './backends';
import { mixingContract } from './mixingContract';

describe.skipIf(noNative !== null)(`mixing ${noNative ?? ''}`, () => {
  mixingContract('native');
});
