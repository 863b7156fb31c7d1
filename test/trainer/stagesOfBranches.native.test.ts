import { describe } from 'vitest';
import { noNative } from './backends';
import { stagesContract } from './stagesContract';

describe.skipIf(noNative !== null)(`stages of two branches ${noNative ?? ''}`, () => {
  stagesContract('native', {
    ...{ kind: 'bbn', backbone: 'resnet-8', width: 4 },
    adaptor: 'linear-decay',
  });
});
