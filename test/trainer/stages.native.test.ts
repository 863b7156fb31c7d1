import { describe } from 'vitest';
import { noNative } from './backends';
import { stagesContract } from './stagesContract';

describe.skipIf(noNative !== null)(`stages ${noNative ?? ''}`, () => {
  stagesContract('native', { kind: 'resnet-8', width: 4 });
});
