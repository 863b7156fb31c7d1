import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { generateSchemas } from '../../../scripts/schemas.mjs';
import { baselineOf } from '../../../src/check/baseline';
import { checkProfile } from '../../../src/check/check';
import { noLimits, readLimits } from '../../../src/check/limits';
import { plainConfig } from '../../../src/config/defaults';
import { parseConfig } from '../../../src/config/parse';
import { dryRun } from '../../../src/config/preview/dryRun';
import { serializeConfig } from '../../../src/config/serialize';
import { comparisonData } from '../../../src/report/comparison/data';
import { comparedWith, groupsOf } from '../../../src/report/comparison/difference';
import { advise } from '../../../src/recommend/advise';
import { recommend } from '../../../src/recommend/recommend';
import { anyConfig, cifarCounts, profileOf } from '../../support/configs';
import { toJson } from '../../../src/report/json';
import { comparedRun, itemsOf } from '../../support/comparedRuns';
import { reportOf } from '../../support/reports';

const root = path.join(import.meta.dirname, '..', '..', '..');
const names = [
  ...(['config', 'profile', 'preview', 'inspection', 'split', 'recommendations'] as const),
  ...(['check', 'baseline', 'limits', 'events', 'posthoc', 'sweep', 'report'] as const),
  'exported-model',
  'comparison',
] as const;

const schemaOf = (name: (typeof names)[number]): ValidateFunction => {
  const text = readFileSync(path.join(root, 'schemas', `${name}.schema.json`), 'utf8');
  return new Ajv({ allErrors: true, allowUnionTypes: true }).compile(JSON.parse(text) as object);
};

/** What the schema of that name has against a value, as JSON carries it. */
const against = (name: (typeof names)[number], value: unknown): unknown => {
  const validate = schemaOf(name);
  return validate(JSON.parse(JSON.stringify(value))) ? null : validate.errors;
};

describe('schemas', () => {
  it('are those that the source gives now', async () => {
    const texts = await generateSchemas();
    expect(Object.keys(texts).sort()).toEqual(names.map((name) => `${name}.schema.json`).sort());
    for (const [name, text] of Object.entries(texts))
      expect(readFileSync(path.join(root, 'schemas', name), 'utf8')).toBe(text);
  });

  it('take every config that the parser takes', () => {
    const validate = schemaOf('config');
    fc.assert(
      fc.property(anyConfig, (config) => {
        expect(validate(config), JSON.stringify(validate.errors)).toBe(true);
        expect(validate(parse(serializeConfig(config)))).toBe(true);
      }),
    );
  });

  it('take a preview', () => {
    const profile = profileOf({ counts: cifarCounts, test: 1000 });
    const config = plainConfig(profile, { root: '.', imageSize: [32, 32], channels: 3 });
    expect(against('preview', dryRun(config, profile))).toBeNull();
  });

  it.each([
    ['a misspelt key', 'posthok: { kind: none }'],
    ['an unknown kind', 'model: { kind: resnet8 }'],
    ['a number out of range', 'seed: -1'],
    ['another version', 'version: 2'],
  ])('refuse %s, as the parser does', (_, line) => {
    const base = {
      version: 'version: 1',
      model: 'model: { kind: linear }',
      rest: 'dataset: { root: . }\nstages: [{ name: a, epochs: 1 }]',
    };
    expect(against('config', parse(Object.values(base).join('\n')))).toBeNull();
    const key = line.split(':')[0] ?? '';
    const text = Object.values({ ...base, [key]: line }).join('\n');
    expect(against('config', parse(text))).not.toBeNull();
    expect(parseConfig(text, 'x').config).toBeNull();
  });

  it.each([
    ['version: 1\nminClass: 3\nmax: { gini: 0.5 }\nclasses: { a: 3, b: { max: 9 } }', true],
    ['version: 1\nsplits: { test: { minClass: 20 } }\nbaseline: { maxDrop: 20% }', true],
    ['version: 1\nminClas: 3', false],
    ['version: 1\nbaseline: { gone: never }', false],
  ])('take limits %j as their reader does: %s', (text, valid) => {
    expect(against('limits', parse(text)) === null).toBe(valid);
    expect(readLimits(text, 'x').limits !== null).toBe(valid);
  });

  it('take advice, profiles and reports, and refuse a key too many', () => {
    const profile = profileOf({ counts: cifarCounts, test: 1000 });
    const samples = {
      profile,
      check: checkProfile(profile, { ...noLimits, minClass: 60 }, baselineOf(profile)),
      baseline: baselineOf(profile),
      recommendations: advise(profile, {}, { name: 'keras', version: '2.1' }),
      report: reportOf({}),
    } as const;
    for (const name of ['profile', 'check', 'baseline', 'recommendations', 'report'] as const) {
      expect(against(name, samples[name])).toBeNull();
      expect(against(name, { ...samples[name], more: 1 })).not.toBeNull();
      expect(against(name, { ...samples[name], schema: 'longtail.other/1' })).not.toBeNull();
    }
  });
});

it('take reports of many classes, whose confusions are stored by their cells', () => {
  const report = reportOf();
  const confusion = Array.from({ length: 150 }, (_, i) =>
    Array.from({ length: 150 }, (__, j) => (i === j ? 3 : 0)),
  );
  const stored: unknown = JSON.parse(toJson([{ ...report, scores: { ...report.scores, confusion } }]));
  expect(stored).toMatchObject({ schema: 'longtail.report/2' });
  expect(against('report', stored)).toBeNull();
});

it('take comparisons: with items and without, over seeds, of labels, and what is refused', () => {
  const labels = [40, 40, 10, 10].flatMap((size, j) => new Array<number>(size).fill(j));
  const items = itemsOf(labels, labels.toReversed());
  const plain = comparedRun({ id: 'plain', items });
  const loss = 'balanced-softmax';
  const bare = comparedRun({ id: 'bare', recalls: [1, 1, 1, 1] });
  const runs = [
    plain,
    comparedRun({ id: 'seed-2', loss, seed: 2, items }),
    comparedRun({ id: 'seed-1', loss, seed: 1, items }),
    { ...bare, report: { ...bare.report, backend: 'wasm' as const } },
    comparedRun({ id: 'elsewhere', fingerprint: 'f01' }),
  ];
  const data = comparisonData(comparedWith(groupsOf(runs), 0));
  expect(against('comparison', data)).toBeNull();
  expect(data.differences.map((one) => ('refused' in one ? null : one.covers))).toEqual([
    'seeds-one',
    'nothing',
    null,
  ]);
  expect(against('comparison', { ...data, more: 1 })).not.toBeNull();
  const [first] = data.differences;
  const odd = { ...data, differences: [{ ...first, covers: 'everything' }] };
  expect(against('comparison', odd)).not.toBeNull();
});

it('take advice of the first version, and advice without what the shell adds', () => {
  const advice = recommend(profileOf({ counts: cifarCounts }));
  expect(against('recommendations', advice)).toBeNull();
  const items = advice.items.map((item) => ({ ...item, gain: undefined }));
  const old = { schema: 'longtail.recommendations/1', items };
  expect(against('recommendations', old)).toBeNull();
  expect(against('recommendations', { ...old, schema: advice.schema })).not.toBeNull();
});

/** Two well parted clouds of points, 60 and 12 rows. */
const table = (): string => {
  const rows = Array.from({ length: 72 }, (_, i) => {
    const rare = i % 6 === 5;
    return `${(rare ? 4 : 0) + (i % 7) / 7},${(i % 5) / 5},${rare ? 'rare' : 'usual'}`;
  });
  return `x,y,label\n${rows.join('\n')}\n`;
};

describe('real outputs of the built shell', { timeout: 120_000 }, () => {
  const cli = path.join(root, 'dist', 'cli.js');
  let folder = '';
  beforeAll(() => {
    if (!existsSync(cli)) throw new Error('dist/cli.js is missing: run npm run build first');
    folder = mkdtempSync(path.join(tmpdir(), 'longtail-artefacts-'));
    writeFileSync(path.join(folder, 'points.csv'), table());
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const shell = (...args: string[]): Promise<{ code: number | null; out: string; err: string }> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [cli, ...args], {
        cwd: folder,
        env: { ...process.env, XDG_DATA_HOME: path.join(folder, 'store') },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let out = '';
      let err = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, out, err }));
    });

  it('scan and recommend', async () => {
    const scan = await shell('scan', 'points.csv', '--json');
    expect(scan).toMatchObject({ code: 0 });
    expect(against('profile', JSON.parse(scan.out))).toBeNull();
    const advice = await shell('recommend', 'points.csv', '--json');
    expect(advice).toMatchObject({ code: 0 });
    expect(against('recommendations', JSON.parse(advice.out))).toBeNull();
  });

  it('config, events and report of a training', async () => {
    const made = await shell('config', 'points.csv', '--out', 'longtail.yaml');
    expect(made).toMatchObject({ code: 0 });
    const text = readFileSync(path.join(folder, 'longtail.yaml'), 'utf8');
    expect(against('config', parse(text))).toBeNull();
    const short = text.replace(/epochs: \d+/, 'epochs: 2').replace('[ 256 ]', '[ 8 ]');
    writeFileSync(path.join(folder, 'longtail.yaml'), short);
    const run = path.join(folder, 'run');
    const trained = await shell('train', 'longtail.yaml', '--out', run, '--events');
    expect(trained, trained.err).toMatchObject({ code: 0 });
    const lines = trained.out.trim().split('\n');
    expect(lines.length).toBeGreaterThan(5);
    const kinds = new Set<string>();
    for (const line of lines) {
      const event = JSON.parse(line) as { kind: string };
      kinds.add(event.kind);
      expect(against('events', event), line).toBeNull();
    }
    expect([...kinds]).toEqual(expect.arrayContaining(['run/start', 'epoch', 'eval', 'run/end']));
    const report = JSON.parse(readFileSync(path.join(run, 'report.json'), 'utf8')) as {
      baseline: unknown;
    };
    expect(against('report', report)).toBeNull();
    expect(report.baseline).not.toBeNull();
    const compared = await shell('compare', run, '--format', 'json');
    expect(compared, compared.err).toMatchObject({ code: 0 });
    expect(against('comparison', JSON.parse(compared.out))).toBeNull();
  });
});
