import { describe, expect, it } from 'vitest';
import { exporterNamed, exportFiles, exportPlan } from '../../../src/exporters';
import { nodeFileSource } from '../../../src/dataset/nodeFileSource';
import { scanDatasetSync } from '../../../src/dataset/scan';
import { profileDataset } from '../../../src/profile/profile';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configOf, jobOf, profiles, stagePatch } from '../../support/exports';

const textsOf = (job: ReturnType<typeof jobOf>): readonly string[] =>
  exportFiles(job, exporterNamed('manifest')).files.map(({ parts }) => [...parts].join(''));

describe('the resampled list', () => {
  it('has every item once without a sampler', () => {
    const [csv = '', list = ''] = textsOf(jobOf(profiles['toy']!));
    expect(csv.split('\n')[0]).toBe('path,class');
    expect(new Set(list.trim().split('\n')).size).toBe(111);
  });

  it('repeats what the sampler repeats, the same for the same seed', () => {
    const job = jobOf(profiles['toy']!, { sampler: { kind: 'over', strategy: 'auto' } });
    const [csv = ''] = textsOf(job);
    expect(textsOf(job)[0]).toBe(csv);
    const rows = csv.trim().split('\n').slice(1);
    const of = (name: string) => rows.filter((row) => row.endsWith(`,${name}`));
    expect(['a', 'b', 'c'].map((name) => of(name).length)).toEqual([100, 100, 100]);
    expect(new Set(of('b')).size).toBe(10);
    expect(new Set(of('c')).size).toBe(1);
  });

  it('names the rows of a table, of the training split alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'longtail-manifest-'));
    const file = join(folder, 'rows.csv');
    writeFileSync(
      file,
      'x,label,split\n1,a,train\n2,b,train\n3,a,test\n4,a,train\n5,"c,d",train\n',
    );
    const index = scanDatasetSync(nodeFileSource, file);
    const profile = profileDataset(index);
    const config = configOf(
      profile,
      stagePatch(profile, { sampler: { kind: 'class-aware', perClass: 1 } }),
    );
    const [csv = '', ...others] = textsOf(exportPlan({ profile, config, index }));
    rmSync(folder, { recursive: true });
    expect(others).toEqual([]);
    const [head, ...rows] = csv.trim().split('\n');
    expect(head).toBe('path,row,class');
    expect(rows).toHaveLength(4);
    expect(rows.filter((row) => row.endsWith(',"c,d"')).length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toMatch(/^rows\.csv,\d+,(a|b|"c,d")$/);
  });
});
