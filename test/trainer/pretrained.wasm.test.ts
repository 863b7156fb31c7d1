import { describe } from 'vitest';
import { describePretrained } from './pretrainedContract';

describe('a frozen network on wasm', () => {
  describePretrained('wasm');
});
