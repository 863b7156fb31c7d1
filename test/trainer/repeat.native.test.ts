import { describe } from 'vitest';
import { noNative } from './backends';
import { repeatContract } from './repeatContract';

describe.skipIf(noNative !== null)(`repeating ${noNative ?? ''}`, () => {
  repeatContract('native');
});
