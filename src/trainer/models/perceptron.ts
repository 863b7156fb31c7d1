import { classifierSpec } from './classifier';
import type { LayerSpec, ModelSpec } from './types';

/** Dense layers with ReLU between them; the last hidden layer gives the features. */
export const mlpSpec = (hidden: readonly number[]): ModelSpec => ({
  kind: 'mlp',
  backbone: [
    { kind: 'flatten', name: 'flatten' },
    ...hidden.flatMap((units, index): LayerSpec[] => [
      { kind: 'dense', name: `hidden${index + 1}`, units, bias: true, decay: true },
      { kind: 'relu', name: `hidden${index + 1}_relu` },
    ]),
  ],
  classifier: classifierSpec(),
});

/** Multinomial logistic regression: the input itself is the feature vector. */
export const linearSpec = (): ModelSpec => ({
  kind: 'linear',
  backbone: [{ kind: 'flatten', name: 'flatten' }],
  classifier: classifierSpec(),
});
