import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LongtailError } from '../../../src/common/errors';
import { formatOf } from '../../../src/dataset/detect';
import { formats } from '../../../src/dataset/formats';
import { nodeFileSource } from '../../../src/dataset/nodeFileSource';
import { scanDatasetSync } from '../../../src/dataset/scan';
import type { DatasetIndex, FormatOptions, Sample } from '../../../src/dataset/types';
import { profileDataset } from '../../../src/profile/profile';
import type { ProfileClass, ProfileMetrics } from '../../../src/profile/types';
import { catalogue } from '../../../src/words/en';

interface Expected {
  readonly path?: string;
  readonly options?: FormatOptions;
  readonly format: string;
  readonly task: string;
  readonly modality: string;
  readonly samples: number;
  readonly unlabelled: number;
  readonly profiledSplit: string;
  readonly classes: readonly ProfileClass[];
  readonly splits: Readonly<Record<string, unknown>>;
  readonly metrics: ProfileMetrics;
  readonly issues: readonly string[];
  readonly sample: {
    readonly at: number;
    readonly locator: unknown;
    readonly labels?: readonly string[];
    readonly error?: string;
    readonly kind?: string;
  };
}

const folder = resolve(__dirname, '../../fixtures/datasets');
const cases = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'make')
  .map(({ name }) => name);
const expectedOf = (name: string): Expected =>
  JSON.parse(readFileSync(join(folder, name, 'expected.json'), 'utf8')) as Expected;
const rootOf = (name: string, expected: Expected): string =>
  join(folder, name, 'data', expected.path ?? '').replace(/\/$/, '');

const labelNames = (index: DatasetIndex, sample: number): string[] =>
  [...index.labels.subarray(index.labelStart[sample], index.labelStart[sample + 1])].map(
    (id) => index.classNames[id] ?? '?',
  );

/** Every sample by its place, labels and split: what must not change from scan to scan. */
const everything = (index: DatasetIndex): unknown[] =>
  Array.from({ length: index.samples }, (_, i) => [
    index.locator(i),
    labelNames(index, i),
    index.splitNames[index.split[i] ?? -1],
  ]);

const plain = (sample: Sample): unknown =>
  sample.kind === 'pixels' ? { ...sample, data: [...sample.data] } : sample;

describe.each(cases)('%s', (name) => {
  const expected = expectedOf(name);
  const root = rootOf(name, expected);
  const index = scanDatasetSync(nodeFileSource, root, expected.options);

  it('gives the expected profile', () => {
    const profile = profileDataset(index);
    const { format, task, modality, samples, unlabelled, profiledSplit } = expected;
    expect(profile.dataset).toMatchObject({ root, format, task, modality });
    expect(profile).toMatchObject({ samples, unlabelled, profiledSplit });
    expect(profile.classes).toEqual(expected.classes);
    expect(Object.entries(profile.splits)).toEqual(Object.entries(expected.splits));
    expect(profile.metrics).toMatchObject(expected.metrics);
    expect(profile.issues.map(({ code }) => code)).toEqual(expected.issues);
  });

  it('has a sentence for every issue', () => {
    for (const { code } of profileDataset(index).issues) expect(catalogue).toHaveProperty([code]);
  });

  it('hands samples to the trainer', () => {
    const { at, locator, labels, error, ...wanted } = expected.sample;
    expect(index.locator(at)).toEqual(locator);
    if (labels !== undefined) expect(labelNames(index, at)).toEqual(labels);
    const samples = formatOf(index.format).openSamples(nodeFileSource, root, index.options);
    try {
      if (error !== undefined) {
        expect(() => samples.readSample(index.locator(at))).toThrow(
          expect.objectContaining({ code: error }) as LongtailError,
        );
        return;
      }
      const sample = samples.readSample(index.locator(at));
      expect(plain(sample)).toMatchObject(wanted);
      if (sample.kind === 'encoded-image')
        expect([...sample.bytes.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
    } finally {
      samples.close();
    }
  });

  it('reads every sample, or says which it cannot', () => {
    const samples = formatOf(index.format).openSamples(nodeFileSource, root, index.options);
    for (let i = 0; i < index.samples; i++) {
      try {
        expect(['encoded-image', 'pixels', 'row']).toContain(
          samples.readSample(index.locator(i)).kind,
        );
      } catch (error) {
        expect(error).toBeInstanceOf(LongtailError);
      }
    }
    samples.close();
  });

  it('is the same from scan to scan', () => {
    const again = scanDatasetSync(nodeFileSource, root, expected.options);
    expect(again.fingerprint).toBe(index.fingerprint);
    expect(everything(again)).toEqual(everything(index));
  });

  it('counts what it lists', () => {
    const profile = profileDataset(index);
    const counted = profile.classes.reduce((sum, { count }) => sum + count, 0);
    expect(counted).toBe(index.labels.length);
    expect(index.labelStart).toHaveLength(index.samples + 1);
    expect(index.split).toHaveLength(index.samples);
    expect(JSON.parse(JSON.stringify(profile))).toEqual(profile);
  });
});

it('has a case for every format', () => {
  const covered = new Set(cases.map((name) => expectedOf(name).format));
  expect([...covered].sort()).toEqual(formats.map(({ id }) => id).sort());
});
