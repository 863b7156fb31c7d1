import { describe } from 'vitest';
import { describeTfjsModels } from './tfjsModelContract';

describe('TensorFlow.js models by path on wasm', () => {
  describeTfjsModels('wasm');
});
