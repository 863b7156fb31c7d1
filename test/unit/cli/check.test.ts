import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readLimits } from '../../../src/check/limits';
import type { CheckReport } from '../../../src/check/types';
import { buildShell, type Shell } from '../../support/shell';

describe('longtail check', { timeout: 60_000 }, () => {
  let shell: Shell;
  const put = (path: string, text: string): void => {
    const file = join(shell.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const json = async (...args: string[]): Promise<CheckReport> => {
    const { stdout } = await shell.run(['check', ...args, '--format', 'json']);
    return JSON.parse(stdout) as CheckReport;
  };

  beforeAll(async () => {
    shell = await buildShell();
    for (const [name, count] of [
      ['bee', 9],
      ['água viva', 4],
    ] as const)
      for (let i = 0; i < count; i++) put(`repo/data/${name}/${i}.png`, '');
    mkdirSync(join(shell.folder, 'repo/.git'), { recursive: true });
    const rows = ['bee', 'bee', 'bee', 'fly'].map((label, i) => `${i},${label}`);
    put('repo/points.csv', `x,label\n${rows.join('\n')}\n`);
  }, 60_000);
  afterAll(() => shell.dispose());

  it('takes limits for all classes, for one, and for numbers of the profile', async () => {
    const wide = ['--min-class', '5', '--min-class', 'água viva=4', '--max', 'total=13'];
    expect(await shell.run(['check', 'repo/data', ...wide])).toMatchObject({ code: 0, stdout: '' });
    const tight = await shell.run(['check', 'repo/data', ...wide, '--max', 'gini=0.1']);
    expect(tight.code).toBe(1);
    expect(tight.stdout).toMatch(/^gini is 0\.192, above 0\.1\n$/);
  });

  it.each([
    [['--max', 'ginni=1'], '“gini”'],
    [['--max', 'gini'], 'NAME=N'],
    [['--min-class', 'bee=x'], '“x”'],
    [['--min-class', '5', '--format', 'csv'], '--dataset-format'],
    [['--min-class', '5', '--format', 'jsn'], '“json”'],
    [['--min-class', '5', '--max-drop', '200%'], '200%'],
    [['--min-class', '5', '--out', 'a', '--out', 'b'], '--out'],
    [['--baseline', 'none.json'], 'none.json'],
    [['--limits', 'none.yaml'], 'none.yaml'],
    [['--write-baseline', 'repo/data/base.json'], 'inside the dataset'],
  ])('%j is bad input, and the message says what', async (args, named) => {
    const { code, stdout, stderr } = await shell.run(['check', 'repo/data', ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(named);
  });

  it('refuses limits that it does not understand, with line and column', async () => {
    put('wrong.yaml', 'version: 1\nminClas: 5\n');
    const { code, stderr } = await shell.run(['check', 'repo/data', '--limits', 'wrong.yaml']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/wrong\.yaml:2:1: .*minClas.*minClass/);
  });

  it('points at the folder of a class, or the label file and line, as the repository sees it', async () => {
    const folders = await json('repo/data', '--min-class', '5');
    expect(folders.findings[0]?.place).toEqual({ path: 'data/água viva' });
    const table = await json('repo/points.csv', '--label-column', 'label', '--min-class', '2');
    // The header is line 1, the rows of “bee” are lines 2 to 4.
    expect(table.findings[0]?.place).toEqual({ path: 'points.csv', line: 5 });
  });

  it('compares with the state it wrote, in every output at once', async () => {
    for (let i = 0; i < 6; i++) put(`later/fly/${i}.png`, '');
    for (let i = 0; i < 9; i++) put(`later/bee/${i}.png`, '');
    for (let i = 0; i < 3; i++) put(`later/wasp/${i}.png`, '');
    const written = await shell.run(['check', 'later', '--write-baseline', 'base.json']);
    expect(written).toMatchObject({ code: 0, stdout: '' });
    const compare = ['check', 'later', '--baseline', 'base.json', '--fresh'];
    expect(await shell.run(compare)).toMatchObject({ code: 0, stdout: '' });
    rmSync(join(shell.folder, 'later/wasp'), { recursive: true });
    for (let i = 0; i < 5; i++) rmSync(join(shell.folder, `later/fly/${i}.png`));
    const outputs = [
      ...['--format', 'markdown', '--format', 'sarif', '--format', 'text'],
      ...['--out', 'check.md', '--out', 'check.sarif'],
    ];
    const failed = await shell.run([...compare, ...outputs]);
    expect(failed.code).toBe(1);
    expect(failed.stdout).toContain('fly fell from 6 to 1');
    expect(readFileSync(join(shell.folder, 'check.md'), 'utf8')).toContain('| 6 | 1 | 4.8 |');
    const log = JSON.parse(readFileSync(join(shell.folder, 'check.sarif'), 'utf8')) as {
      runs: { results: { ruleId: string }[] }[];
    };
    expect(log.runs[0]?.results.map(({ ruleId }) => ruleId)).toContain('class-gone');
    const report = await json('later', '--baseline', 'base.json');
    const gone = report.findings.find(({ code }) => code === 'check/class-gone');
    const line = readFileSync(join(shell.folder, 'base.json'), 'utf8').split('\n')[
      (gone?.place?.line ?? 0) - 1
    ];
    expect(line).toContain('"wasp"');
    expect((await shell.run([...compare, ...outputs])).stderr).toContain('--force');
  });

  it('does what the workflow of the documentation asks for', async () => {
    const text = readFileSync('docs/check.md', 'utf8');
    const [file, workflow] = [...text.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, code]) => code);
    const limits = readLimits(file ?? '', 'docs/check.md');
    expect([limits.issues, limits.baselineFile]).toEqual([[], 'longtail-baseline.json']);
    const { jobs } = parse(workflow ?? '') as {
      jobs: { check: { steps: readonly { id?: string; run?: string }[] } };
    };
    const command = jobs.check.steps.find(({ id }) => id === 'check')?.run ?? '';
    put('longtail-check.yaml', 'version: 1\nminClass: 2\n');
    const args = command
      .replace(/^.*cli\.js check data/, 'check later')
      .replaceAll('"$RUNNER_TEMP/before.json"', 'base.json')
      .replaceAll('"$RUNNER_TEMP/', 'out/')
      .replaceAll('"', '')
      .split(/\s+/);
    const { code, stdout, stderr } = await shell.run(args);
    expect(code, stderr).toBe(1);
    expect(stdout).toContain('fly: 1 sample, fewer than 2');
    for (const name of ['longtail.md', 'longtail.sarif'])
      expect(readFileSync(join(shell.folder, 'out', name), 'utf8')).toContain('fly');
  });

  it('takes everything from one file, its baseline relative to it', async () => {
    put('ci/base.json', readFileSync(join(shell.folder, 'base.json'), 'utf8'));
    put('ci/longtail-check.yaml', 'version: 1\nbaseline: { file: base.json, gone: note }\n');
    const report = await json('later', '--limits', 'ci/longtail-check.yaml', '--max-drop', '90%');
    expect(report).toMatchObject({ schema: 'longtail.check/1', passed: true });
    expect(report.findings.map(({ code }) => code)).toContain('check/class-gone');
  });
});
