import { describe, expect, it } from 'vitest';
import { goalsFrom, nothingAsked, readAskedGoals } from '../../../src/recommend/asked';

describe('readAskedGoals', () => {
  it('reads what a form sends', () => {
    const asked = {
      deployment: 'as-trained',
      shares: { file: 'met.csv', of: { cat: 0.25, dog: 0.75 } },
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

  it('takes shares of a file only whole, and an answer by them only with them', () => {
    const shares = { file: 'met.csv', of: { cat: 1 } };
    expect(readAskedGoals({ deployment: 'given', shares })).toMatchObject({
      deployment: 'given',
      shares,
    });
    expect(readAskedGoals({ deployment: 'given', shares: { of: { cat: 1 } } })).toEqual(
      nothingAsked,
    );
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

  it('hands on the shares of a file', () => {
    const asked = readAskedGoals({ deployment: 'given', shares: { file: 'f', of: { a: 1 } } });
    expect(goalsFrom(asked, { pictures: null, withoutNative: false })).toMatchObject({
      deployment: { kind: 'given', shares: { a: 1 } },
    });
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
