import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { exporterNamed, exportFiles } from '../../../src/exporters';
import { jobOf, profiles } from '../../support/exports';

interface Written {
  readonly counts: Readonly<Record<string, number>>;
  readonly prior: Readonly<Record<string, number>>;
  readonly stages: readonly {
    readonly sampler: { readonly repeatFactors: Readonly<Record<string, number>> | null };
    readonly weights: { readonly values: Readonly<Record<string, number>> | null };
    readonly loss: { readonly offsets: Readonly<Record<string, number>> | null };
  }[];
}

describe('JSON and CSV', () => {
  const job = jobOf(profiles['names']!, {
    sampler: { kind: 'repeat-factor', threshold: 0.5, squareRoot: true, most: 10 },
    weights: { kind: 'balanced', reduction: 'mean' },
    loss: { kind: 'logit-adjusted', tau: 2 },
  });
  const [json = '', csv = ''] = exportFiles(job, exporterNamed('json')).files.map(({ parts }) =>
    [...parts].join(''),
  );

  it('key every number by class name', () => {
    const written = JSON.parse(json) as Written;
    const [stage] = written.stages;
    expect(Object.keys(written.counts).sort()).toEqual(['10', '2', 'B', 'b', 'Ä']);
    // 372 samples: Ä 196, b 98, 10 10, 2 2, B 66.
    expect(written.counts).toEqual({ Ä: 196, b: 98, '10': 10, '2': 2, B: 66 });
    expect(written.prior['2']).toBeCloseTo(2 / 372, 12);
    expect(stage?.weights.values?.['10']).toBeCloseTo(372 / (5 * 10), 12);
    expect(stage?.loss.offsets?.['B']).toBeCloseTo(2 * Math.log(66 / 372), 12);
    expect(stage?.sampler.repeatFactors?.['10']).toBeCloseTo(Math.sqrt(0.5 / (10 / 372)), 12);
    expect(stage?.sampler.repeatFactors?.['Ä']).toBe(1);
    expect(stage?.sampler.repeatFactors?.['2']).toBeCloseTo(Math.sqrt(0.5 / (2 / 372)), 12);
  });

  it('say the same', () => {
    const written = JSON.parse(json) as Written;
    const rows: readonly Readonly<Record<string, string>>[] = parse(csv, { columns: true });
    expect(rows.map((row) => row['class'])).toEqual(['Ä', 'b', '10', '2', 'B']);
    for (const row of rows) {
      const name = row['class'] ?? '';
      expect(Number(row['count'])).toBe(written.counts[name]);
      expect(Number(row['prior'])).toBe(written.prior[name]);
      expect(Number(row['class_weight'])).toBe(written.stages[0]?.weights.values?.[name]);
      expect(Number(row['logit_offset'])).toBe(written.stages[0]?.loss.offsets?.[name]);
    }
  });
});
