import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config/parse';
import { configSchema } from '../../../src/config/schema';
import { readKept, readSetting, writeKept } from '../../../src/host/outputs/kept';
import {
  keptConfigText,
  scoreOnce,
  writeModelPosthoc,
} from '../../../src/host/outputs/keepSetting';
import { diagnosisOf } from '../../../src/outputs/diagnosis';
import { reportOutputs } from '../../../src/host/outputs/reportOutputs';
import { writeNpz } from '../../../src/trainer/npz';
import { reportOf } from '../../support/reports';

const text = `# Mine
version: 1
dataset: { root: ./animals } # where they are
goal: { prior: uniform } # why
model: { kind: resnet-8 }
stages:
  - { name: train, epochs: 5, loss: { kind: cross-entropy } }
# corrected afterwards
posthoc: { kind: none } # not yet
`;

const classes = { classNames: ['ox', 'emu', 'on'], trainCounts: [90, 9, 3] };

describe('a setting in the config', () => {
  it('changes the correction and keeps comments and the rest', () => {
    const next = keptConfigText(
      text,
      'longtail.yaml',
      { kind: 'logit-adjustment', tau: 1.25, prior: 'uniform' },
      classes,
    );
    expect(next.replace(/posthoc:.*/, '')).toBe(text.replace(/posthoc:.*/, ''));
    expect(next).toMatch(/posthoc: \{ ?kind: logit-adjustment, tau: 1.25 ?\} # not yet/);
  });

  it('writes the target where it is another one', () => {
    const next = keptConfigText(
      text,
      'longtail.yaml',
      { kind: 'logit-adjustment', tau: 1, prior: 'as-trained' },
      classes,
    );
    expect(next).toContain('prior: as-trained');
    expect(next).toContain('# why');
  });

  // A class called on is a truth value to some readers of YAML: it is quoted, or read as text.
  it.each([
    [
      { kind: 'class-thresholds', thresholds: [0.5, 0.12, 0.03] },
      { ox: 0.5, emu: 0.12, on: 0.03 },
    ],
    [
      { kind: 'label-thresholds', metric: null, thresholds: [0.5, 0, 1] },
      { ox: 0.5, emu: 1e-6, on: 1 },
    ],
  ] as const)('writes thresholds set by hand by class: %j', (setting, at) => {
    const next = keptConfigText(text, 'longtail.yaml', setting, classes);
    expect(readSetting(setting)).toEqual(setting);
    expect(parseConfig(next, 'longtail.yaml').config?.posthoc).toMatchObject({ at });
    expect(next).toContain('# not yet');
  });

  it('writes the threshold of the rarer of two as the rule, or as it was set', () => {
    const two = { classNames: ['ox', 'emu'], trainCounts: [90, 9] };
    const kept = (metric: 'f1' | null): unknown =>
      parseConfig(
        keptConfigText(text, 'a.yaml', { kind: 'thresholds', metric, threshold: 0.2 }, two),
        'a.yaml',
      ).config?.posthoc;
    expect(kept('f1')).toEqual({ kind: 'thresholds', metric: 'f1' });
    expect(kept(null)).toEqual({ kind: 'thresholds', metric: 'f1', at: { emu: 0.2 } });
  });

  it('refuses a config with faults', () => {
    expect(() => keptConfigText('version: 7\n', 'a.yaml', { kind: 'none' }, classes)).toThrow(
      'host/keep/config',
    );
  });

  it.each([null, {}, { kind: 'tau-norm', tau: -1 }, { kind: 'none', more: 1 }])(
    'takes no %j from a page',
    (value) => {
      expect(readSetting(value)).toBeNull();
    },
  );
});

describe('outputs of a run', () => {
  const place = { folder: '' };
  beforeEach(() => {
    place.folder = mkdtempSync(join(tmpdir(), 'longtail-kept-'));
    // Four classes, two items each, all scored for class 0 by 1: a correction moves them.
    const labels = Int32Array.of(0, 0, 1, 1, 2, 2, 3, 3);
    const logits = Float32Array.from({ length: 32 }, (_, i) =>
      i % 4 === 0 ? 1 : i % 4 === labels[i >> 2] ? 0.5 : 0,
    );
    for (const part of ['validation', 'test'])
      writeNpz(join(place.folder, 'predictions', `${part}.npz`), {
        logits: { shape: [8, 4], values: logits },
        features: { shape: [8, 2], values: Float32Array.from({ length: 16 }, (_, i) => i % 2) },
        rows: { shape: [8], values: Int32Array.from(labels, (_, i) => i) },
        labels: { shape: [8], values: labels },
      });
  });
  afterEach(() => rmSync(place.folder, { recursive: true, force: true }));
  const folders = () => ({ own: place.folder, baseline: null });
  // The model carries the prior of its data, so that an adjustment has something to divide out.
  const plain = () => {
    const report = reportOf();
    const config = configSchema.parse({
      ...report.config,
      stages: [{ name: 'train', epochs: 5, loss: { kind: 'cross-entropy' } }],
    });
    return { ...report, config };
  };

  it('reads what there is and says why there is nothing to slide', () => {
    const { bench, reliability, norms } = reportOutputs(plain(), folders());
    expect(bench?.logits.byteLength).toBe(4 * 32);
    expect(bench?.layer).toBeNull();
    expect(reliability?.run.counts.reduce((sum, n) => sum + n, 0)).toBe(8);
    // Features (0, 1) throughout: mean length 1.
    expect(norms).toEqual({ weights: null, features: [1, 1, 1, 1] });
    // An exported report shows the same, and goes without what is gone or damaged.
    expect(diagnosisOf(plain(), folders())).toEqual({ reliability, norms });
    writeFileSync(join(place.folder, 'predictions', 'validation.npz'), 'PK');
    expect(diagnosisOf(plain(), folders())).toBeNull();
    const empty = reportOutputs(plain(), { own: join(place.folder, 'gone'), baseline: null });
    expect(empty.noBench?.code).toBe('pages/bench/none/outputs');
  });

  it('looks at test once, for the first setting that is kept', () => {
    const first = { kind: 'logit-adjustment', tau: 1, prior: 'uniform' } as const;
    const kept = scoreOnce(plain(), folders(), first);
    expect(kept.scores?.samples).toBe(8);
    expect(scoreOnce(plain(), folders(), { kind: 'none' })).toEqual(kept);
    expect(readKept(place.folder)).toEqual(kept);
    writeKept(place.folder, { ...kept, scores: null });
    expect(readKept(place.folder)?.scores).toBeNull();
  });

  // Training counts after hold-out 900, 450, 45, 9: the offset of the last is −log(9 / 1404).
  it('puts offsets by class name beside the model', () => {
    const setting = { kind: 'logit-adjustment', tau: 1, prior: 'uniform' } as const;
    writeModelPosthoc(plain(), folders(), setting);
    const written: unknown = JSON.parse(
      readFileSync(join(place.folder, 'model', 'posthoc.json'), 'utf8'),
    );
    expect(written).toMatchObject({
      schema: 'longtail.model-posthoc/1',
      kind: 'logit-adjustment',
      classes: { yak: { scale: 1, offset: expect.closeTo(Math.log(1404 / 9), 10) as number } },
    });
  });

  it('puts the thresholds of four classes beside the model as offsets, scored on test once', () => {
    // Every item has logit 1 for class 0 and .5 for its own: e^.5 = 1.65 times decides.
    const setting = { kind: 'class-thresholds', thresholds: [0.5, 0.25, 0.25, 0.25] } as const;
    writeModelPosthoc(plain(), folders(), setting);
    const written = readFileSync(join(place.folder, 'model', 'posthoc.json'), 'utf8');
    expect(JSON.parse(written)).toMatchObject({
      kind: 'thresholds',
      classes: { yak: { scale: 1, offset: expect.closeTo(Math.log(4), 10) as number } },
    });
    expect(scoreOnce(plain(), folders(), setting).scores).toMatchObject({ accuracy: 1 });
    const other = { kind: 'class-thresholds', thresholds: [0.5] } as const;
    expect(() => writeModelPosthoc(plain(), folders(), other)).toThrow('host/keep/model');
  });

  it('keeps a threshold a label, scored on test once', () => {
    const base = plain();
    const names = ['wet', 'red'];
    const report = {
      ...base,
      ...{
        dataset: { ...base.dataset, classNames: names },
        trainCounts: [9, 3],
        bandCounts: [9, 3],
      },
      scores: { ...base.scores, confusion: null, multiLabel: {} as never },
    };
    // Logit −1 is a probability of .27: red is given from .2 on, and all three items are right.
    writeNpz(join(place.folder, 'predictions', 'test.npz'), {
      logits: { shape: [3, 2], values: Float32Array.of(1, -1, -1, -2, 1, -2) },
      features: { shape: [3, 1], values: new Float32Array(3) },
      rows: { shape: [3], values: Int32Array.of(0, 1, 2) },
      labels: { shape: [3, 2], values: Int32Array.of(1, 1, 0, 0, 1, 0) },
    });
    const setting = { kind: 'label-thresholds', metric: 'f1', thresholds: [0.5, 0.2] } as const;
    expect(readSetting(setting)).toEqual(setting);
    writeModelPosthoc(report, folders(), setting);
    const written = readFileSync(join(place.folder, 'model', 'posthoc.json'), 'utf8');
    expect(JSON.parse(written)).toMatchObject({ labels: { wet: 0.5, red: 0.2 } });
    expect(scoreOnce(report, folders(), setting).scores).toMatchObject({ accuracy: 1, microF1: 1 });
    expect(keptConfigText(text, 'a.yaml', setting, classes)).toMatch(
      /kind: thresholds, metric: f1/,
    );
    const short = { ...setting, thresholds: [0.5] };
    expect(() => writeModelPosthoc(report, folders(), short)).toThrow('host/keep/model');
  });
});
