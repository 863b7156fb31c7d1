import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/common/random';
import {
  averagePrecision,
  column,
  exactCell,
  pairedLabelDifferences,
  quantile,
  type LabelOutputs,
  type PairedLabels,
} from '../../../src/methods/metrics';

const labels = 4;
const items = 60;
/** Labels of a half, a fifth, a twentieth and none of the items; `b` is the surer model of the second. */
const worldOf = (): PairedLabels => {
  const random = createRandom(3, 'labels');
  const shares = [0.5, 0.2, 0.05, 0];
  const targets = Uint8Array.from({ length: items * labels }, (_, i) =>
    random.nextFloat() < (shares[i % labels] ?? 0) ? 1 : 0,
  );
  const outputs = (gap: number): LabelOutputs => {
    // Rounded, so that scores tie.
    const scores = Float32Array.from(targets, (truth, i) =>
      Number((truth * (i % labels === 1 ? gap : 1) + random.nextNormal()).toFixed(1)),
    );
    return { scores, decisions: Uint8Array.from(scores, (z) => (z >= 0.5 ? 1 : 0)) };
  };
  return { targets, count: labels, a: outputs(0.5), b: outputs(3) };
};

/** The same by hand: items of a draw written out one after the other, every score made anew. */
const byHand = ({ targets, a, b }: PairedLabels, drawn: readonly number[]) => {
  const written = (matrix: ArrayLike<number>): Float64Array =>
    Float64Array.from(
      drawn.flatMap((item) =>
        Array.from({ length: labels }, (_, j) => matrix[item * labels + j] ?? 0),
      ),
    );
  const truth = written(targets);
  const precisions = ({ scores }: LabelOutputs) =>
    Array.from({ length: labels }, (_, j) =>
      averagePrecision(column(written(scores), labels, j), column(truth, labels, j)),
    );
  const f1 = ({ decisions }: LabelOutputs, of: readonly number[]): number => {
    const given = written(decisions);
    const own = of.map((j) => {
      const [t, g] = [column(truth, labels, j), column(given, labels, j)];
      const all = t.reduce((n, one, i) => n + one + (g[i] ?? 0), 0);
      return all === 0 ? 0 : (2 * t.reduce((n, one, i) => n + one * (g[i] ?? 0), 0)) / all;
    });
    return own.reduce((sum, one) => sum + one, 0) / own.length;
  };
  const [before, after] = [precisions(a), precisions(b)];
  const gaps = before.map((one, j) => (one === null ? null : (after[j] ?? NaN) - one));
  const mean = (set: readonly number[]): number => {
    const own = set.flatMap((j) => gaps[j] ?? []);
    return own.reduce((sum, one) => sum + one, 0) / own.length;
  };
  return { before, after, gaps, mean, f1: f1(b, [0, 1, 2]) - f1(a, [0, 1, 2]) };
};

describe('two models on the same items with several labels', () => {
  const pair = worldOf();
  const sets = [
    [true, true, true, true],
    [false, true, true, false],
    [false, false, false, true],
  ];
  const resamples = 200;
  const found = pairedLabelDifferences(pair, sets, { random: createRandom(9), resamples });
  const whole = byHand(
    pair,
    Array.from({ length: items }, (_, i) => i),
  );
  const random = createRandom(9);
  const draws = Array.from({ length: resamples }, () =>
    byHand(
      pair,
      Array.from({ length: items }, () => random.nextInt(items)),
    ),
  );
  const ends = (values: readonly number[]): readonly number[] => {
    const sorted = Float64Array.from(values).sort();
    return [quantile(sorted, 0.025), quantile(sorted, 0.975)];
  };
  const expectMeasured = (
    one: { readonly value: number; readonly interval: readonly number[] } | null | undefined,
    value: number,
    drawn: readonly number[],
  ): void => {
    expect(one?.value).toBeCloseTo(value, 10);
    ends(drawn).forEach((end, i) => expect(one?.interval[i]).toBeCloseTo(end, 10));
  };

  it('differ as scores made by hand of every draw do', () => {
    expectMeasured(
      found.means[0],
      whole.mean([0, 1, 2]),
      draws.map(({ mean }) => mean([0, 1, 2])),
    );
    expectMeasured(
      found.means[1],
      whole.mean([1, 2]),
      draws.map(({ mean }) => mean([1, 2])),
    );
    expect(found.means[2]).toBeNull();
    expectMeasured(
      found.macroF1,
      whole.f1,
      draws.map(({ f1 }) => f1),
    );
    for (const j of [0, 1, 2]) {
      const drawn = draws.flatMap(({ gaps }) => gaps[j] ?? []);
      const own = found.labels[j];
      expectMeasured(own, whole.gaps[j] ?? NaN, drawn);
      expect(own?.before).toBeCloseTo(whole.before[j] ?? NaN, 12);
      expect(own?.after).toBeCloseTo(whole.after[j] ?? NaN, 12);
      const middle = drawn.reduce((sum, one) => sum + one, 0) / drawn.length;
      const squares = drawn.reduce((sum, one) => sum + (one - middle) ** 2, 0);
      expect(own?.spread).toBeCloseTo(Math.sqrt(squares / (drawn.length - 1)), 10);
    }
    expect(found.labels[3]).toBeNull();
    // The second label is where the models differ.
    expect(found.labels[1]?.interval[0]).toBeGreaterThan(0);
  });

  it('are paired on the items of which all labels are right', () => {
    const right = ({ decisions }: LabelOutputs): readonly boolean[] =>
      Array.from({ length: items }, (_, i) =>
        [0, 1, 2, 3].every((j) => decisions[i * 4 + j] === pair.targets[i * 4 + j]),
      );
    const [a, b] = [right(pair.a), right(pair.b)];
    const count = (of: (i: number) => boolean): number => a.filter((_, i) => of(i)).length;
    expect(exactCell(pair)).toEqual({
      items,
      both: count((i) => a[i] === true && b[i] === true),
      onlyA: count((i) => a[i] === true && b[i] !== true),
      onlyB: count((i) => a[i] !== true && b[i] === true),
    });
  });
});
