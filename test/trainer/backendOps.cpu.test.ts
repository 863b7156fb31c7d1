import { describe } from 'vitest';
import { describeOps } from './backendOps';

describe('operations on the cpu backend', () => {
  describeOps('cpu');
});
