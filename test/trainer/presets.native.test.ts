import { describe } from 'vitest';
import { noNative } from './backends';
import { presetsContract } from './presetsContract';

describe.skipIf(noNative !== null)(`presets ${noNative ?? ''}`, () => {
  presetsContract('native');
});
