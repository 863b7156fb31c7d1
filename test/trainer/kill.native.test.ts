import { describe } from 'vitest';
import { noNative } from './backends';
import { killContract } from './killContract';

describe.skipIf(noNative !== null)(`killing ${noNative ?? ''}`, () => {
  killContract('native');
});
