import { describe } from 'vitest';
import { describeOps } from './backendOps';
import { noNative } from './backends';

describe.skipIf(noNative !== null)(`operations on the native backend ${noNative ?? ''}`, () => {
  describeOps('native');
});
