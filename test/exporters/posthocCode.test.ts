import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { ensurePythonEnv } from '../../scripts/python-env.mjs';
import { createRandom } from '../../src/common/random';
import { posthocCode } from '../../src/exporters/posthoc';
import { correctPredictions, type Request } from '../../src/predictions/correct';
import { readTrained } from '../../src/predictions/trained';
import type { CorrectionKind, ModelOutputs } from '../../src/predictions/types';

const names = ['10', 'ä "b"', '2'];

/** Items whose logits are a clean signal plus the training log prior. */
const outputsOf = (counts: readonly number[], perClass: number, lean = 1): ModelOutputs => {
  const random = createRandom(1, 'outputs');
  const classes = counts.length;
  const items = classes * perClass;
  const labels = Int32Array.from({ length: items }, (_, i) => i % classes);
  const logits = Float64Array.from({ length: items * classes }, (_, i) => {
    const signal = 2 * Number(i % classes === labels[Math.floor(i / classes)]);
    return signal + random.nextNormal() + lean * Math.log(counts[i % classes] || 1);
  });
  return {
    ...{ path: '/model/test.npz', task: 'single-label', labels, logits, items },
    ...{ classNames: names.slice(0, classes), features: null, classifier: null },
    ...{ trainCounts: null, notes: [] },
  };
};

const request = (counts: readonly number[], own: Partial<Request>): Request => ({
  ...{ outputs: outputsOf(counts, 200), select: null, trainCounts: counts, target: 'uniform' },
  ...{ trained: readTrained('plain'), tau: 1, rule: null, bands: 'auto', seed: 0 },
  ...own,
});

const counts = [900, 90, 10];

/** Features in three dimensions about a class's own, and a fourth of noise alone. */
const withFeatures = (own: {
  readonly noise: number;
  readonly norms: readonly number[];
  readonly last: number;
}): ModelOutputs => {
  const random = createRandom(2, 'features');
  const items = 600;
  const labels = Int32Array.from({ length: items }, (_, i) => i % own.last);
  const values = Float64Array.from({ length: items * 4 }, (_, i) =>
    i % 4 === 3
      ? own.noise * random.nextNormal()
      : 2 + 2 * Number(i % 4 === labels[Math.floor(i / 4)]) + 0.7 * random.nextNormal(),
  );
  const weights = Float64Array.from({ length: 12 }, (_, i) =>
    i % 4 === Math.floor(i / 4) ? (own.norms[i % 4] ?? 0) : 0,
  );
  const logits = Float64Array.from({ length: items * 3 }, (_, i) => {
    const row = Math.floor(i / 3);
    return (values[row * 4 + (i % 3)] ?? 0) * (own.norms[i % 3] ?? 0);
  });
  return {
    ...outputsOf(counts, 200),
    ...{
      items,
      labels,
      logits,
      features: { values, width: 4 },
      classifier: { weights, bias: null },
    },
  };
};

/** Two classes, the second rare: a score that is too low for it. */
const two = (): ModelOutputs => {
  const random = createRandom(4, 'two');
  const labels = Int32Array.from({ length: 400 }, (_, i) => Number(i % 8 === 0));
  const logits = Float64Array.from({ length: 800 }, (_, i) =>
    i % 2 === 0 ? 0 : 3 * (labels[(i - 1) / 2] ?? 0) - 3 + random.nextNormal(),
  );
  return { ...outputsOf([9, 1], 1), items: 400, labels, logits };
};
const ofTwo = (rule: Request['rule']): Request => request([700, 100], { outputs: two(), rule });

const sets = (): ModelOutputs => {
  const random = createRandom(9, 'sets');
  const labels = Int32Array.from({ length: 900 }, (_, i) =>
    Number(random.nextFloat() < ([0.5, 0.2, 0.005][i % 3] ?? 0)),
  );
  const logits = Float64Array.from(labels, (one) => 3 * one - 4 + random.nextNormal());
  return { ...outputsOf(counts, 100), task: 'multi-label', labels, logits };
};
const ofSets = (rule: Request['rule']): Request => request(counts, { outputs: sets(), rule });

interface Case {
  readonly kind: CorrectionKind;
  readonly check: 'offsets' | 'labels' | 'tau-norm' | 'nearest-mean';
  readonly request: Request;
}
const skewed = { noise: 30, norms: [3, 1, 0.3], last: 3 };
const costs = { falseNegative: 20, falsePositive: 1 };
/** Every kind of correction, with what makes it the one that is chosen. */
const cases: Readonly<Record<string, Case>> = {
  plain: { kind: 'plain', check: 'offsets', request: request(counts, { target: 'as-trained' }) },
  adjusted: { kind: 'logit-adjustment', check: 'offsets', request: request(counts, {}) },
  tuned: {
    ...{ kind: 'logit-adjustment', check: 'offsets' },
    request: request(counts, { tau: 'auto', outputs: outputsOf(counts, 400, 0.5) }),
  },
  shifted: {
    ...{ kind: 'logit-adjustment', check: 'offsets' },
    request: request(counts, {
      target: Object.fromEntries(names.map((name, j) => [name, [0.2, 0.2, 0.6][j] ?? 0])),
    }),
  },
  'a class without training items': {
    ...{ kind: 'logit-adjustment', check: 'offsets' },
    request: request([900, 90, 0], {}),
  },
  'threshold for F1': { kind: 'thresholds', check: 'offsets', request: ofTwo({ metric: 'f1' }) },
  'threshold for balanced accuracy': {
    ...{ kind: 'thresholds', check: 'offsets' },
    request: ofTwo({ metric: 'balancedAccuracy' }),
  },
  'threshold for the geometric mean': {
    ...{ kind: 'thresholds', check: 'offsets' },
    request: ofTwo({ metric: 'gMean' }),
  },
  'threshold for recall': {
    ...{ kind: 'thresholds', check: 'offsets' },
    request: ofTwo({ metric: 'recall', precisionFloor: 0.5 }),
  },
  'threshold for costs': {
    ...{ kind: 'thresholds', check: 'offsets' },
    request: ofTwo({ metric: 'cost', costs }),
  },
  'threshold that nothing reaches': {
    ...{ kind: 'thresholds', check: 'offsets' },
    request: ofTwo({ metric: 'cost', costs: { falseNegative: 1, falsePositive: 1e6 } }),
  },
  'labels for F1': { kind: 'thresholds', check: 'labels', request: ofSets(null) },
  'labels for costs': {
    ...{ kind: 'thresholds', check: 'labels' },
    request: ofSets({ metric: 'cost', costs }),
  },
  'labels for recall': {
    ...{ kind: 'thresholds', check: 'labels' },
    request: ofSets({ metric: 'recall', precisionFloor: 0.6 }),
  },
  'labels left as they are': {
    ...{ kind: 'plain', check: 'labels' },
    // Chosen on outputs that lie far lower, they are wrong for these.
    request: {
      ...ofSets(null),
      outputs: { ...sets(), logits: (sets().logits ?? new Float64Array()).map((z) => z + 2.5) },
      select: { ...sets(), logits: (sets().logits ?? new Float64Array()).map((z) => z - 2.5) },
    },
  },
  'norms of the classifier': {
    ...{ kind: 'tau-norm', check: 'tau-norm' },
    request: request(counts, { outputs: withFeatures(skewed), tau: 'auto' }),
  },
  'class means': {
    ...{ kind: 'nearest-mean', check: 'nearest-mean' },
    request: request(counts, {
      outputs: { ...withFeatures({ ...skewed, noise: 1 }), logits: null, classifier: null },
    }),
  },
  'class means where a class has no items': {
    ...{ kind: 'nearest-mean', check: 'nearest-mean' },
    request: request([900, 90, 0], {
      outputs: {
        ...withFeatures({ ...skewed, noise: 1, last: 2 }),
        ...{ logits: null, classifier: null },
      },
    }),
  },
};

const rowsOf = (values: ArrayLike<number>, width: number): number[][] =>
  Array.from({ length: values.length / width }, (_, i) =>
    Array.from({ length: width }, (__, j) => values[i * width + j] ?? NaN),
  );

/** Writes a case as the check reads it; says what was chosen. Infinities become null in JSON. */
const write = (folder: string, name: string, own: Case): string => {
  const { outputs } = own.request;
  const corrected = correctPredictions(own.request);
  const classes = outputs.classNames.length;
  writeFileSync(join(folder, `${name}.py`), posthocCode(corrected.result));
  const several = outputs.task === 'multi-label';
  const content = {
    check: own.check,
    classes: outputs.classNames,
    labels: [...outputs.labels],
    logits: outputs.logits && rowsOf(outputs.logits, classes),
    features: outputs.features && rowsOf(outputs.features.values, outputs.features.width),
    weights: outputs.classifier && rowsOf(outputs.classifier.weights, 4),
    corrected: rowsOf(corrected.logits, classes),
    probabilities: rowsOf(corrected.probabilities, classes),
    after: several ? rowsOf(corrected.after, classes) : [...corrected.after],
  };
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));
  return corrected.result.chosen.kind;
};

const folder = mkdtempSync(join(tmpdir(), 'longtail-posthoc-code-'));
afterAll(() => rmSync(folder, { recursive: true }));
const chosen = Object.fromEntries(
  Object.entries(cases).map(([name, own]) => [name, write(folder, name, own)]),
);

const found = await ensurePythonEnv('torch');
if ('missing' in found) {
  process.stderr.write(`The code of corrections was not executed: ${found.missing}\n`);
  it.skip(`the code of corrections: ${found.missing}`);
} else {
  const script = join(import.meta.dirname, 'check_posthoc.py');
  const { stdout } = await promisify(execFile)(found.python, [script, folder], {
    env: { ...process.env, ...found.env, PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1' },
    maxBuffer: 64 * 1024 * 1024,
  });
  const failures = JSON.parse(stdout) as Record<string, string | null>;
  describe('the code of a correction, executed by Python', () => {
    it.each(Object.entries(cases))('decides as we do: %s', (name, own) => {
      expect(chosen[name]).toBe(own.kind);
      expect(failures[name]).toBeNull();
    });
  });
}
