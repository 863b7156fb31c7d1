import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { greyPng } from '../../../scripts/sample.mjs';
import { readConfig } from '../../../src/config/combinations';
import type { LongTailProfile } from '../../../src/profile/types';
import type { Recommendations } from '../../../src/recommend/types';
import { reportOf } from '../../support/reports';
import { buildShell, type Shell } from '../../support/shell';

/** Three classes with 60, 12 and 2 training pictures and 2 test pictures each: ratio 30. */
const counts = { bee: 60, fly: 12, 'água viva': 2 };

const makePictures = (folder: string): void => {
  const picture = greyPng(8, 10, new Uint8Array(80).fill(7));
  for (const [name, count] of Object.entries(counts)) {
    for (const [split, n] of [
      ['train', count],
      ['test', 2],
    ] as const) {
      mkdirSync(join(folder, split, name), { recursive: true });
      for (let i = 0; i < n; i++) writeFileSync(join(folder, split, name, `${i}.png`), picture);
    }
  }
};

const makeRun = (folder: string, id: string, title: string): void => {
  mkdirSync(folder, { recursive: true });
  const record = {
    schema: 'longtail.run/1',
    id,
    title,
    state: 'completed',
    role: 'recipe',
    baselineKey: 'key-1',
    datasetRoot: '/data',
    configPath: '/data/longtail.yaml',
    createdAt: '2026-01-01T00:00:00.000Z',
    endedAt: '2026-01-01T00:01:00.000Z',
    attempt: 1,
    pid: null,
    error: null,
  };
  writeFileSync(join(folder, 'run.json'), JSON.stringify(record));
  writeFileSync(join(folder, 'report.json'), JSON.stringify(reportOf({ id, title })));
};

describe('longtail', { timeout: 60_000 }, () => {
  let shell: Shell;
  beforeAll(async () => {
    shell = await buildShell();
    makePictures(join(shell.folder, 'insects'));
  }, 60_000);
  afterAll(() => shell.dispose());

  it('lists its commands, and says what it cannot do', async () => {
    const help = await shell.run(['--help']);
    expect(help.code).toBe(0);
    for (const name of ['scan', 'recommend', 'config', 'train', 'report', 'check'])
      expect(help.stdout).toContain(`longtail ${name} `);
    expect((await shell.run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(await shell.run([])).toMatchObject({ code: 2, stdout: '' });
    const typo = await shell.run(['scn']);
    expect(typo).toMatchObject({ code: 2, stdout: '' });
    expect(typo.stderr).toContain('“scan”');
    expect(await shell.run(['sweep', 'x.yaml'])).toMatchObject({ code: 2, stdout: '' });
  });

  it.each(['scan', 'recommend', 'config', 'train', 'sweep', 'runs', 'report', 'export', 'check'])(
    '%s --help names every option with a sentence',
    async (name) => {
      const { code, stdout } = await shell.run([name, '--help']);
      expect(code).toBe(0);
      expect(stdout).toContain(`longtail ${name}`);
      expect(stdout).not.toContain('cli/');
      expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
    },
  );

  it.each([
    [['scan'], 'PATH'],
    [['scan', 'insects', 'more'], 'more'],
    [['scan', 'insects', '--jsn'], '--json'],
    [['scan', 'insects', '--format'], '--format'],
    [['scan', 'insects', '--json=yes'], '--json'],
    [['scan', 'insects', '--json', '--json'], '--json'],
    [['scan', 'nowhere'], 'nowhere'],
    [['scan', 'insects', '--format', 'zip'], 'zip'],
    [['check', 'insects'], '--min-class'],
    [['check', 'insects', '--min-class', 'ten'], 'ten'],
    [['config', 'insects'], '--out'],
    [['config', 'insects', '--out', '-', '--recipe', 'focul'], 'focul'],
    [['recommend', 'insects', '--deploy', 'shares.yaml'], 'shares.yaml'],
    [['recommend', 'insects', '--why-not=focul'], '“focal”'],
    [['recommend', 'insects', '--why-not=logit-adjustment-posthoc'], 'recommended'],
    [['recommend', 'insects', '--metric', 'macrof1'], '“macro-f1”'],
    [['recommend', 'insects', '--budget', 'a day'], 'a day'],
    [['recommend', 'insects', '--framework', 'pytoch'], '“pytorch”'],
    [['sweep', 'longtail.yaml', '--recipes', 'crt,focul'], 'focul'],
    [['sweep', 'longtail.yaml', '--seeds', '0,one'], '0,one'],
    [['sweep', 'longtail.yaml', '--format', 'pdf'], 'pdf'],
    [['report', 'no-such-run'], 'no-such-run'],
    [['report', 'insects'], 'insects'],
    [['report', 'x', '--format', 'pdf'], 'pdf'],
    [['train', 'no.yaml'], 'no.yaml'],
    [['export', 'no.yaml', '--out', 'code'], 'pytorch'],
    [['export', 'no.yaml', '--to', 'caffe', '--out', 'code'], 'caffe'],
  ])('%j is bad input, and the message names what', async (args, named) => {
    const { code, stdout, stderr } = await shell.run(args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(named);
    expect(stderr).not.toMatch(/\n {4}at /);
  });

  it('scans to a profile: JSON on stdout and nothing else', async () => {
    const { code, stdout, stderr } = await shell.run(['scan', 'insects', '--json']);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    const profile = JSON.parse(stdout) as LongTailProfile;
    expect(profile.schema).toBe('longtail.profile/1');
    expect(profile.samples).toBe(60 + 12 + 2 + 6);
    expect(profile.metrics['imbalanceRatio']).toBe(30);
    const names = new Map(profile.classes.map((one) => [one.name, one.splits]));
    expect(names.get('água viva')).toEqual({ train: 2, test: 2 });
  });

  it('streams a profile of many classes as one valid JSON, and shortens the list for people', async () => {
    // Class k of 1200 has 1 sample, the first 1200.
    const rows = Array.from({ length: 2399 }, (_, i) => `${i}.5,c${Math.max(0, i - 1199)}`);
    writeFileSync(join(shell.folder, 'wide.csv'), `x,label\n${rows.join('\n')}\n`);
    const json = await shell.run(['scan', 'wide.csv', '--label-column', 'label', '--json']);
    const profile = JSON.parse(json.stdout) as LongTailProfile;
    expect(profile.classes).toHaveLength(1200);
    expect(profile.classes.map(({ count }) => count).sort((a, b) => b - a)[0]).toBe(1200);
    const lines = async (...more: string[]): Promise<number> =>
      (await shell.run(['scan', 'wide.csv', '--label-column', 'label', ...more])).stdout
        .split('\n')
        .filter((line) => /^c\d+ /.test(line)).length;
    expect(await lines()).toBe(35);
    expect(await lines('--all')).toBe(1200);
  });

  it('shows a bar a class, and colours only where they are wanted', async () => {
    const plain = await shell.run(['scan', 'insects']);
    expect(plain.stdout).toMatch(/bee .* 60 +2 +█{5}/);
    expect(plain.stdout).toMatch(/água viva .* 2 +2 +[█▏▎▍▌▋▊▉]+/);
    expect(plain.stdout).toContain('30 times');
    expect(plain.stdout).not.toContain('\u001b');
    const coloured = await shell.run(['scan', 'insects'], { FORCE_COLOR: '1' });
    expect(coloured.stdout).toContain('\u001b[');
  });

  it('crosses the classes with a column, and names what is missing', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => {
      const label = i % 3 === 0 ? 'fly' : 'bee';
      return `${i}.5,${label},${label === 'fly' || i % 2 === 0 ? 'north' : 'south'}`;
    });
    writeFileSync(join(shell.folder, 'sites.csv'), `x,label,site\n${rows.join('\n')}\n`);
    const ask = ['scan', 'sites.csv', '--label-column', 'label', '--by'];
    const text = await shell.run([...ask, 'site']);
    expect(text.stdout).toMatch(/fly +south +0 of 20 +0 % +33\.3 %/);
    const json = await shell.run([...ask, 'column:site', '--json']);
    const { withinClass } = JSON.parse(json.stdout) as LongTailProfile;
    expect(withinClass).toMatchObject({ by: 'site', emptyCells: 1, cells: 4 });
    const typo = await shell.run([...ask, 'sitte']);
    expect(typo).toMatchObject({ code: 2, stdout: '' });
    expect(typo.stderr).toContain('site');
    expect((await shell.run([...ask, 'folder'])).stderr).toContain('--by COLUMN');
  });

  it('recommends under the answer, and under both without one', async () => {
    const ask = async (...args: string[]): Promise<Recommendations> => {
      const { code, stdout } = await shell.run(['recommend', 'insects', '--json', ...args]);
      expect(code).toBe(0);
      return JSON.parse(stdout) as Recommendations;
    };
    const open = await ask();
    expect(open.schema).toBe('longtail.recommendations/2');
    expect(new Set(open.items.map(({ assumes }) => assumes)).size).toBeGreaterThan(1);
    const uniform = await ask('--deploy', 'uniform');
    expect(uniform.items.every(({ assumes }) => ['uniform', 'any'].includes(assumes))).toBe(true);
    const text = await shell.run(['recommend', 'insects', '--deploy', 'uniform']);
    // What has nothing to configure is named, not offered as a recipe that would be refused.
    for (const { id, patch } of uniform.items)
      expect(text.stdout).toContain(patch === null ? `  ${id}` : `--recipe ${id}`);
    expect(text.stdout).not.toContain('--recipe collect-data');
    const budget = await shell.run(['recommend', 'insects', '--budget=-1']);
    expect(budget).toMatchObject({ code: 2, stdout: '' });
    expect(budget.stderr).toContain('or none');
    expect(text.stdout).not.toMatch(/recommend\/|cli\//);
  });

  it('says why a method is not recommended, and what goes wrong in a framework', async () => {
    const all = await shell.run(['recommend', 'insects', '--deploy', 'uniform', '--why-not']);
    expect(all.code).toBe(0);
    for (const id of ['focal', 'bbn', 'smote']) expect(all.stdout).toContain(`\n  ${id}\n`);
    const one = await shell.run(['recommend', 'insects', '--why-not=focal']);
    expect(one.stdout).toMatch(/^ {2}focal\n/);
    expect(one.stdout).not.toContain('smote');
    const framework = ['--framework', 'keras@2.1', '--metric', 'macro-f1', '--model', 'logits'];
    const { stdout } = await shell.run(['recommend', 'insects', ...framework]);
    expect(stdout).toContain('tensorflow/tensorflow#33550');
    expect(stdout).toContain('You have a model already');
    expect(stdout).not.toMatch(/(recommend|setting|defect|whynot|cli)\//);
    const json = await shell.run(['recommend', 'insects', ...framework, '--json']);
    const advice = JSON.parse(json.stdout) as Recommendations;
    expect(advice.framework).toMatchObject({ name: 'keras', version: '2.1' });
    expect(advice.settings?.map(({ name }) => name)).toEqual(['t', 'q', 'beta', 'tau']);
    expect(advice.notRecommended?.length).toBeGreaterThan(30);
    const config = await shell.run(['config', 'insects', '--metric', 'macro-f1', '--out', '-']);
    expect(parse(config.stdout)).toMatchObject({ goal: { metric: 'macro-f1' } });
  });

  it('takes class shares from a file, and names what is wrong with them', async () => {
    const file = join(shell.folder, 'shares.yaml');
    const answer = async (text: string): Promise<string> => {
      writeFileSync(file, text);
      const { code, stderr } = await shell.run(['recommend', 'insects', '--deploy', 'shares.yaml']);
      return `${String(code)} ${stderr}`;
    };
    expect(await answer('bee: 8\nfly: 1\nágua viva: 1\n')).toBe('0 ');
    expect(await answer('bee: 8\nfly: 1\n')).toMatch(/^2 .*água viva/);
    expect(await answer('bee: 8\nfli: 1\nágua viva: 1\n')).toMatch(/^2 .*“fli”.*“fly”/);
    expect(await answer('bee: many\nfly: 1\nágua viva: 1\n')).toMatch(/^2 .*bee.*many/);
    expect(await answer('- 1\n- 2\n')).toMatch(/^2 .*class shares/);
    expect(await answer('bee: 0\nfly: 0\nágua viva: 0\n')).toMatch(/^2 /);
  });

  it('writes a config that its own reader accepts, once', async () => {
    const write = ['config', 'insects', '--deploy', 'uniform', '--out', 'made/longtail.yaml'];
    expect(await shell.run(write)).toMatchObject({ code: 0, stdout: '' });
    const file = join(shell.folder, 'made', 'longtail.yaml');
    const text = readFileSync(file, 'utf8');
    expect(readConfig(text, file).config).toMatchObject({
      dataset: { root: '../insects', format: 'image-folder' },
      input: { size: [10, 8], channels: 1 },
    });
    const again = await shell.run(write);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('--force');
    expect((await shell.run([...write, '--force'])).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('gives the plain recipe by name, on stdout where asked', async () => {
    const { code, stdout } = await shell.run([
      ...['config', 'insects', '--recipe', 'plain', '--out', '-'],
    ]);
    expect(code).toBe(0);
    expect(parse(stdout)).toMatchObject({
      dataset: { root: './insects' },
      posthoc: { kind: 'none' },
      stages: [{ loss: { kind: 'cross-entropy' }, sampler: { kind: 'instance' } }],
    });
  });

  it('writes nothing inside the dataset', async () => {
    const inside = await shell.run(['config', 'insects', '--out', 'insects/longtail.yaml']);
    expect(inside.code).toBe(2);
    expect(inside.stderr).toContain('inside the dataset');
    const check = ['check', 'insects', '--min-class', '2', '--out', 'insects/check.txt'];
    expect(await shell.run(check)).toMatchObject({ code: 2, stdout: '' });
    expect(readdirSync(join(shell.folder, 'insects')).sort()).toEqual(['test', 'train']);
  });

  it('checks limits: 0 within them, 1 naming the classes beyond', async () => {
    expect(await shell.run(['check', 'insects', '--min-class', '2'])).toMatchObject({
      code: 0,
      stdout: '',
    });
    const failed = await shell.run([
      ...['check', 'insects', '--min-class', '10', '--max-imbalance', '5'],
    ]);
    expect(failed.code).toBe(1);
    // 60 / 12 is exactly 5: within the limit.
    expect(failed.stdout.trim().split('\n')).toHaveLength(2);
    expect(failed.stdout).not.toContain('fly');
    expect(failed.stdout).toMatch(/água viva: 2 .*10/);
  });

  it('refuses a config before anything is trained, with line and column', async () => {
    const file = join(shell.folder, 'wrong.yaml');
    writeFileSync(file, 'version: 1\ndataset: { root: ./insects }\nmodle: { kind: mlp }\n');
    const { code, stdout, stderr } = await shell.run(['train', 'wrong.yaml']);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/wrong\.yaml:3:1: .*modle.*model/);
    expect((await shell.run(['train', 'insects'])).stderr).toContain('longtail config PATH');
    expect(existsSync(join(shell.folder, '.longtail'))).toBe(false);
  });

  it('exports a config for a framework', async () => {
    const yaml = join(shell.folder, 'plain.yaml');
    const plain = ['config', 'insects', '--recipe', 'plain', '--out', 'plain.yaml'];
    expect((await shell.run(plain)).code).toBe(0);
    const text = readFileSync(yaml, 'utf8');
    writeFileSync(yaml, text.replace('ignore: []', 'ignore: [ fly ]'));
    const args = ['export', 'plain.yaml', '--to', 'pytorch', '--out', 'code'];
    const file = join(shell.folder, 'code', 'class_balance.py');
    const { code, stdout } = await shell.run(args);
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toBe(file);
    const written = readFileSync(file, 'utf8');
    expect(written).toContain('import torch');
    expect(written).toMatch(/bee.*60/);
    expect(written).not.toContain('fly');
    expect(existsSync(join(shell.folder, 'code', 'longtail.yaml'))).toBe(false);
    expect((await shell.run(args)).code).toBe(2);
    expect((await shell.run([...args, '--force'])).code).toBe(0);
    expect((await shell.run([...args, '--force', '--recipe', 'plain'])).code).toBe(2);
  });

  it('exports a table of labels in one command, with the config beside the code', async () => {
    const rows = ['x,label', ...Array.from({ length: 90 }, (_, i) => `${i},${i < 80 ? 'b' : 'B'}`)];
    writeFileSync(join(shell.folder, 'rows.csv'), `${rows.join('\n')}\n`);
    const { code, stdout, stderr } = await shell.run(['export', 'rows.csv', '--to', 'json']);
    expect(code).toBe(0);
    expect(stderr).toContain('longtail.yaml');
    const folder = join(shell.folder, 'longtail-json');
    expect(stdout.trim().split('\n').sort()).toEqual([
      join(folder, 'class_balance.csv'),
      join(folder, 'class_balance.json'),
    ]);
    expect(JSON.parse(readFileSync(join(folder, 'class_balance.json'), 'utf8'))).toMatchObject({
      counts: { b: 80, B: 10 },
    });
    const { config } = readConfig(
      readFileSync(join(folder, 'longtail.yaml'), 'utf8'),
      'longtail.yaml',
    );
    expect(config?.dataset.root).toBe('../rows.csv');
    const again = ['export', join(folder, 'longtail.yaml'), '--to', 'json', '--out', 'again'];
    expect((await shell.run(again)).code).toBe(0);
    expect(readFileSync(join(shell.folder, 'again', 'class_balance.json'), 'utf8')).toBe(
      readFileSync(join(folder, 'class_balance.json'), 'utf8'),
    );
  });

  it('lists the exporters, and writes nothing inside a dataset', async () => {
    const { code, stdout } = await shell.run(['export', '--to']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/ pytorch .*PyTorch/);
    expect(stdout).not.toContain('exporters/');
    const inside = ['export', 'insects', '--to', 'json', '--out', 'insects/code'];
    const refused = await shell.run(inside);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(existsSync(join(shell.folder, 'insects', 'code'))).toBe(false);
  });

  it('lists runs, names, tags and deletes them', async () => {
    const store = join(shell.folder, '.longtail', 'runs');
    makeRun(join(store, 'one'), 'one', 'First');
    makeRun(join(store, 'two'), 'two', 'Second');
    const marked = ['runs', 'one', '--name', 'the good one', '--tags', 'a,b', '--json'];
    expect(JSON.parse((await shell.run(marked)).stdout)).toMatchObject({
      runs: [{ id: 'one', state: 'completed', name: 'the good one', tags: ['a', 'b'] }],
    });
    expect((await shell.run(['runs'])).stdout).toMatch(/one +completed .*the good one +data +a, b/);
    expect(await shell.run(['runs', '--delete'])).toMatchObject({ code: 2, stdout: '' });
    expect(await shell.run(['runs', 'one', 'two', '--name', 'x'])).toMatchObject({ code: 2 });
    expect(await shell.run(['runs', 'insects', '--delete'])).toMatchObject({ code: 2 });
    expect(await shell.run(['runs', 'the good one', '--delete'])).toMatchObject({ code: 0 });
    expect(readdirSync(store)).not.toContain('one');
    expect(existsSync(join(shell.folder, 'insects'))).toBe(true);
  });

  it('reports a run by folder, file or id, in every format', async () => {
    const runs = join(shell.folder, '.longtail', 'runs');
    makeRun(join(runs, 'a'), 'a', 'First');
    makeRun(join(runs, 'b'), 'b', 'Second');
    const text = await shell.run(['report', 'a']);
    expect(text.code).toBe(0);
    expect(text.stdout).toContain('rose from 0.575 to 0.675');
    const json = await shell.run(['report', '.longtail/runs/a', '--format', 'json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ id: 'a' });
    const md = await shell.run(['report', 'a', '.longtail/runs/b/report.json', '--format', 'md']);
    expect(md.stdout).toContain('| Second |');
    const csv = await shell.run(['report', 'a', '--format', 'csv']);
    expect(csv.stdout).toMatch(/^run,title,scope/);
    const html = await shell.run(['report', 'a', '--format', 'html', '--out', 'a.html']);
    expect(html).toMatchObject({ code: 0, stdout: '' });
    expect(readFileSync(join(shell.folder, 'a.html'), 'utf8')).toMatch(/^<!doctype html>/);
    expect((await shell.run(['report', 'a', '--out', 'a.html'])).code).toBe(2);
    const inside = await shell.run(['report', 'a', '--out', '/data/animals/a.html']);
    expect(inside).toMatchObject({ code: 2 });
    expect(inside.stderr).toContain('inside the dataset');
  });
});
