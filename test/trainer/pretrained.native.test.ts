import { describe } from 'vitest';
import { noNative } from './backends';
import { describePretrained } from './pretrainedContract';

describe.skipIf(noNative !== null)(noNative ?? 'a frozen network on native', () => {
  describePretrained('native');
});
