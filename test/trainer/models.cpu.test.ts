import { describe } from 'vitest';
import { describeModels } from './modelsContract';

describe('models on the cpu backend', () => {
  describeModels('cpu');
});
