import { describe } from 'vitest';
import { describeModels } from './modelsContract';

describe('models on the wasm backend', () => {
  describeModels('wasm');
});
