import { describe } from 'vitest';
import { noNative } from './backends';
import { flowContract } from './flowContract';

describe.skipIf(noNative !== null)(`the flow ${noNative ?? ''}`, () => {
  flowContract('native', '{ kind: resnet-8, width: 4 }', 20);
});
