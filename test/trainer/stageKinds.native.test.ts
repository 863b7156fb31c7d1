import { describe } from 'vitest';
import { noNative } from './backends';
import { stageKindsContract } from './stageKindsContract';

describe.skipIf(noNative !== null)(`kinds of stages ${noNative ?? ''}`, () => {
  stageKindsContract('native', { kind: 'resnet-8', width: 4 });
});
