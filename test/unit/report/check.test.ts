import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { baselineOf } from '../../../src/check/baseline';
import { checkProfile } from '../../../src/check/check';
import { noLimits } from '../../../src/check/limits';
import type { CheckReport, Limits } from '../../../src/check/types';
import { checkMarkdown } from '../../../src/report/check/markdown';
import { checkSarif } from '../../../src/report/check/sarif';
import { verdict } from '../../../src/report/check/sentences';
import { checkText } from '../../../src/report/check/text';
import { profileOf, type ProfileSpec } from '../../support/configs';

const plain = (_: unknown, text: string): string => text;
const withMin = (minClass: number): Limits => ({ ...noLimits, minClass });

const report = (spec: ProfileSpec, limits: Limits, before?: ProfileSpec): CheckReport =>
  checkProfile(
    profileOf(spec),
    limits,
    before === undefined ? null : baselineOf(profileOf(before)),
  );

const failing = report({ counts: [60, 3, 9], test: 4 }, withMin(5), {
  counts: [60, 40, 9],
  test: 4,
});

interface SarifLog {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly invocations: readonly { readonly toolExecutionNotifications: readonly unknown[] }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
          readonly region: { readonly startLine: number };
        };
      }[];
      readonly partialFingerprints: { readonly primaryLocationLineHash: string };
    }[];
  }[];
}

const sarif = (of: CheckReport): SarifLog =>
  JSON.parse(checkSarif(of, { path: 'data/longtail-check.yaml' })) as SarifLog;

const require = createRequire(import.meta.url);

/** The standard's own schema: draft-04, whose `id` and `$schema` say nothing to this validator. */
const sarifSchema = (): object => {
  const file = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const schema = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  return { ...schema, id: undefined, $schema: undefined };
};

const sarifErrors = (value: unknown): unknown => {
  const ajv = new Ajv({
    strict: false,
    validateFormats: false,
    unicodeRegExp: false,
    allErrors: true,
  });
  const validate = ajv.compile(sarifSchema());
  return validate(value) ? null : validate.errors;
};

describe('a check as text', () => {
  it('has a line a finding, and a sentence for the whole', () => {
    expect(checkText(failing, plain)).toBe(
      'class1: 3 samples, fewer than 5\nclass1 fell from 40 to 3 (allowed: 20 %)\n' +
        'warning: the split train fell from 109 to 72 samples (allowed: 20 %)\n',
    );
    expect(verdict(failing)).toBe('2 limits are broken.');
    expect(verdict(report({ counts: [5, 6] }, withMin(5)))).toContain('All 2 classes');
  });

  it('says a single sample and class as one', () => {
    const one = report({ counts: [1] }, withMin(2));
    expect(checkText(one, plain)).toBe('class0: 1 sample, fewer than 2\n');
    expect(verdict(one)).toBe('One limit is broken.');
  });
});

describe('a check as Markdown', () => {
  it('begins with the sentence and compares before with now', () => {
    const text = checkMarkdown(failing);
    expect(text.split('\n')[0]).toMatch(/Longtail:\*\* 2 limits are broken\.$/);
    expect(text).toContain('| ❌ class1 fell from 40 to 3 (allowed: 20 %) | 40 | 3 | 32 |');
    const columns = text
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.split(/(?<!\\)\|/).length);
    expect(new Set(columns)).toEqual(new Set([6, 5]));
  });

  it('lets a class name break neither the table nor the page', () => {
    const names = ['a|b\n<img src=x onerror=1> @me #1 `*_', 'c'];
    const text = checkMarkdown(report({ counts: [1, 9], names }, withMin(5)));
    const row = text.split('\n').find((line) => line.includes('fewer')) ?? '';
    expect(row).toContain('a\\|b');
    expect(row).not.toMatch(/<img|@me|[^&]#1/);
    expect(row.split(/(?<!\\)\|/)).toHaveLength(5);
  });

  it('is short however much is wrong', () => {
    const counts = Array.from({ length: 300 }, () => 1);
    const text = checkMarkdown(report({ counts }, withMin(5)));
    expect(text.split('\n').length).toBeLessThan(40);
    expect(text).toContain('280 more');
  });
});

describe('a check as SARIF', () => {
  it('is valid by the schema of the standard, with and without findings', () => {
    const schema = 'https://json.schemastore.org/sarif-2.1.0.json';
    for (const one of [failing, report({ counts: [5, 6] }, withMin(5))])
      expect(sarifErrors(sarif(one))).toBeNull();
    expect(sarif(failing)).toMatchObject({ $schema: schema, version: '2.1.0' });
    expect(sarifErrors({ version: '2.1.0', runs: [{}] })).not.toBeNull();
  });

  it('names a rule of its list for every result, and tells results apart over runs', () => {
    const [run] = sarif(failing).runs;
    expect(run?.results.map(({ level }) => level)).toEqual(['error', 'error', 'warning']);
    for (const { ruleId, ruleIndex } of run?.results ?? [])
      expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    const prints = run?.results.map((one) => one.partialFingerprints.primaryLocationLineHash);
    expect(new Set(prints).size).toBe(3);
    const later = sarif(report({ counts: [60, 2, 9], test: 4 }, withMin(5)));
    expect(later.runs[0]?.results[0]?.partialFingerprints).toEqual(
      run?.results[0]?.partialFingerprints,
    );
  });

  it('points at places of the repository as URIs, and at the limits where there is none', () => {
    const [first, ...rest] = failing.findings;
    if (first === undefined) throw new Error('no finding');
    const at = (path: string, line?: number) => ({
      ...failing,
      findings: [{ ...first, place: line === undefined ? { path } : { path, line } }],
    });
    const place = (of: CheckReport) =>
      sarif(of).runs[0]?.results[0]?.locations[0]?.physicalLocation;
    expect(place({ ...failing, findings: rest })?.artifactLocation.uri).toBe(
      'data/longtail-check.yaml',
    );
    expect(place(at('data/água viva/labels #1.csv', 7))).toEqual({
      artifactLocation: {
        uri: 'data/%C3%A1gua%20viva/labels%20%231.csv',
        uriBaseId: '%SRCROOT%',
      },
      region: { startLine: 7 },
    });
    expect(place(at('/data/a b'))?.artifactLocation).toEqual({ uri: 'file:///data/a%20b' });
    expect(place(at('C:/data/a'))?.artifactLocation).toEqual({ uri: 'file:///C:/data/a' });
  });

  it('has at most what code scanning takes, and says that there is more', () => {
    const counts = Array.from({ length: 5004 }, () => 1);
    const [run] = sarif(report({ counts }, withMin(5))).runs;
    expect(run?.results).toHaveLength(5000);
    expect(JSON.stringify(run?.invocations)).toContain('and 4 more');
  });
});
