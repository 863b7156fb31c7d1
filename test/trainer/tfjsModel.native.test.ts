import { describe } from 'vitest';
import { noNative } from './backends';
import { describeTfjsModels } from './tfjsModelContract';

describe.skipIf(noNative !== null)(noNative ?? 'TensorFlow.js models by path on native', () => {
  describeTfjsModels('native');
});
