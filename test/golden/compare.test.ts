import { describe, expect, it } from 'vitest';
import { differences } from './compare';

const tolerance = { abs: 1e-9, rel: 1e-9 };

describe('differences', () => {
  it('accepts what is within tolerance and reports what is not', () => {
    expect(differences({ a: 1 + 1e-10 }, { a: 1 }, tolerance)).toEqual([]);
    expect(differences({ a: 1.0001 }, { a: 1 }, tolerance)).toHaveLength(1);
    expect(differences({ a: NaN }, { a: 1 }, tolerance)).toHaveLength(1);
  });

  it('reports what was not computed', () => {
    expect(differences({}, { a: 1 }, tolerance)).toEqual(['.a: not computed']);
    expect(differences({ a: null }, { a: 1 }, tolerance)).toHaveLength(1);
    expect(differences({ a: 0 }, { a: null }, tolerance)).toHaveLength(1);
  });

  it('reports a wrong length and a wrong nested value', () => {
    expect(differences([1, 2], [1], tolerance)).toHaveLength(1);
    expect(
      differences(
        Float64Array.of(1, 2, 3, 5),
        [
          [1, 2],
          [3, 4],
        ],
        tolerance,
      ),
    ).toHaveLength(1);
    expect(
      differences(
        Float64Array.of(1, 2, 3, 4),
        [
          [1, 2],
          [3, 4],
        ],
        tolerance,
      ),
    ).toEqual([]);
  });

  it('reads infinities written as text', () => {
    expect(differences(-Infinity, '-Infinity', tolerance)).toEqual([]);
    expect(differences(-1e9, '-Infinity', tolerance)).toHaveLength(1);
  });
});
