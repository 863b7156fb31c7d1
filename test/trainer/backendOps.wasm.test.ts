import { describe } from 'vitest';
import { describeOps } from './backendOps';

describe('operations on the wasm backend', () => {
  describeOps('wasm');
});
