import { describe, expect, it } from 'vitest';
import { expressibleMethods } from '../../support/expressible';
import { plainConfig } from '../../../src/config/defaults';
import { applyPatch } from '../../../src/config/patch';
import { titleOf } from '../../../src/trainer/plan';
import { catalogue } from '../../../src/words/en';
import { cifarCounts, profileOf } from '../../support/configs';

/** Plain values, and what a title does not speak of. */
const unnamed = /:(none|instance|cross-entropy|all|keep|again)$|^(optimizer|splits|input):/;
const code = (method: string): string =>
  `train/title-${method.replace(/^(head|weights):/, '$1-').replace(/^[a-z]+:/, '')}`;

describe('titles of runs', () => {
  it('there is one for every method a config can name', () => {
    const missing = [...expressibleMethods()]
      .filter((method) => !unnamed.test(method))
      .map(code)
      .filter((one) => !(one in catalogue));
    expect(missing).toEqual([]);
  });

  it('a title names what is not plain, each once', () => {
    const plain = plainConfig(profileOf({ counts: cifarCounts, test: 10 }), { root: './data' });
    const [stage] = plain.stages;
    expect(titleOf(plain)).toBe('Plain baseline');
    const recipe = applyPatch(plain, {
      stages: [
        { ...stage, mixing: { kind: 'mixup' } },
        {
          ...stage,
          loss: { kind: 'ldam' },
          weights: { kind: 'effective-number' },
          switchAt: 1,
          classifier: { kind: 'cosine' },
          trainable: 'classifier',
          sampler: { kind: 'instance' },
        },
        { ...stage, mixing: { kind: 'mixup' } },
      ],
      posthoc: { kind: 'tau-norm' },
    });
    expect(titleOf(recipe)).toBe(
      'Mixup + LDAM loss + Retrained classifier + Cosine classifier + Effective-number class weights + Deferred + Tau-normalised classifier',
    );
  });
});
