import { describe, expect, it } from 'vitest';
import { goalsFrom, nothingAsked, readAskedGoals } from '../../../src/recommend/asked';

describe('readAskedGoals', () => {
  it('reads what a form sends', () => {
    const asked = {
      deployment: 'as-trained',
      metric: 'accuracy',
      model: 'weights',
      budgetMinutes: 0,
      framework: { name: 'keras', version: '2.1' },
    };
    expect(readAskedGoals(asked)).toEqual(asked);
  });

  it.each([
    undefined,
    null,
    'uniform',
    [],
    {},
    { deployment: 'given', metric: 'auc', model: 1, budgetMinutes: -1, framework: 'keras' },
    { budgetMinutes: NaN, framework: { name: 'theano', version: '1' } },
  ])('takes %j for nothing asked', (value) => {
    expect(readAskedGoals(value)).toEqual(nothingAsked);
  });

  it('keeps a framework without its version', () => {
    expect(readAskedGoals({ framework: { name: 'tfjs', version: '' } }).framework).toEqual({
      name: 'tfjs',
      version: null,
    });
  });
});

describe('goalsFrom', () => {
  it('leaves out what nobody said', () => {
    const known = { pictures: null, withoutNative: true };
    expect(goalsFrom(nothingAsked, known)).toEqual({ withoutNative: true });
  });

  it('hands on the answers', () => {
    const pictures = { imageSize: [32, 32], channels: 3 } as const;
    const asked = readAskedGoals({ deployment: 'uniform', model: 'logits', budgetMinutes: 5 });
    expect(goalsFrom(asked, { pictures, withoutNative: false })).toEqual({
      deployment: { kind: 'uniform' },
      model: 'logits',
      budgetMinutes: 5,
      pictures,
      withoutNative: false,
    });
  });
});
