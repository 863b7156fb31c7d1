import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/common/random';
import { auditSplits } from '../../../src/profile/splitAudit';
import { say } from '../../../src/words/say';

const split = (name: string, counts: readonly number[]) => ({
  name,
  samples: counts.reduce((a, b) => a + b, 0),
  labels: Float64Array.from(counts),
});
const names = ['ant', 'bee', 'cat', 'dog'];
const audit = (train: readonly number[], test: readonly number[]) =>
  auditSplits({
    classNames: names,
    train: split('train', train),
    others: [split('test', test)],
  });

describe('auditSplits', () => {
  it('counts what is absent and what is too few, and names it', () => {
    const found = audit([1000, 500, 40, 0], [200, 100, 8, 0]);
    expect(found?.splits).toEqual([
      { name: 'test', samples: 308, absent: 0, fewToMeasure: 1, distance: 0, drifted: 0 },
    ]);
    const [few] = found?.findings ?? [];
    expect(few).toMatchObject({ code: 'audit/few-to-measure', count: 1 });
    // Wilson's interval of 10 of 20 is 29.9 % to 70.1 %.
    expect(say(few ?? { code: '', params: {} })).toContain('from 29.9 % to 70.1 %');
    expect(say(few ?? { code: '', params: {} })).toContain('cat');
    expect(audit([1000, 500, 40, 0], [200, 0, 8, 0])?.splits[0]?.absent).toBe(1);
  });

  it('says that a balanced test is not what was trained on', () => {
    const found = audit([1000, 400, 160, 40], [100, 100, 100, 100]);
    // |.625-.25| + |.25-.25| + |.1-.25| + |.025-.25| = .75
    expect(found?.splits[0]?.distance).toBeCloseTo(0.375, 12);
    expect(found?.splits[0]?.drifted).toBe(3);
    expect(found?.findings).toContainEqual(expect.objectContaining({ code: 'audit/drift' }));
  });

  it('is quiet about chance: rare classes drawn from the same shares', () => {
    const random = createRandom(5);
    const classNames = Array.from({ length: 200 }, (_, i) => `c${String(i)}`);
    let warned = 0;
    for (let round = 0; round < 40; round++) {
      const train = new Float64Array(200);
      const other = new Float64Array(200);
      for (let i = 0; i < 4000; i++) {
        const id = Math.floor(200 * random.nextFloat() ** 3);
        const into = random.nextFloat() < 0.2 ? other : train;
        into[id] = (into[id] ?? 0) + 1;
      }
      const one = (name: string, labels: Float64Array) => ({ name, samples: 1, labels });
      const found = auditSplits({
        classNames,
        train: one('train', train),
        others: [one('test', other)],
      });
      if ((found?.splits[0]?.drifted ?? 0) > 0) warned++;
    }
    // At most one in twenty by design, fewer as the test is exact.
    expect(warned).toBeLessThanOrEqual(2);
  });

  it('warns of a split with less than a sample a class', () => {
    expect(audit([100, 100, 100, 100], [1, 1, 0, 0])?.findings[0]).toMatchObject({
      severity: 'warning',
      code: 'audit/tiny-split',
    });
  });

  it('tests objects by the pictures that contain them', () => {
    const pictures = (name: string, withClass: readonly number[], objects: readonly number[]) => ({
      ...split(name, objects),
      samples: 100,
      images: { labelled: 100, withClass: Float64Array.from(withClass) },
    });
    const of = (test: ReturnType<typeof pictures>) =>
      auditSplits({
        classNames: names,
        train: pictures('train', [50, 50, 50, 0], [50, 50, 50, 0]),
        others: [test],
      });
    // One picture full of ants: hundreds of objects, but a picture more with the class.
    const crowd = of(pictures('test', [51, 50, 50, 0], [700, 50, 50, 0]));
    expect(crowd?.splits[0]?.drifted).toBe(0);
    // Of 60 pictures with ants 10 in test, where 30 ± 3.9 are expected: beyond chance.
    const rare = of(pictures('test', [10, 50, 50, 0], [50, 50, 50, 0]));
    expect(rare?.splits[0]?.drifted).toBe(1);
    const drift = rare?.findings.find(({ code }) => code === 'audit/drift-objects');
    expect(drift?.params['names']).toEqual(['ant']);
  });

  it('has nothing to say without labels', () => {
    expect(audit([100, 10, 1, 0], [0, 0, 0, 0])).toBeNull();
  });
});
