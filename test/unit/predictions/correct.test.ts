import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/common/random';
import { catalogue } from '../../../src/words/en';
import { posthocCode, posthocFiles } from '../../../src/exporters/posthoc';
import { correctPredictions, type Request } from '../../../src/predictions/correct';
import { countsInOrder } from '../../../src/predictions/trainCounts';
import { readTrained } from '../../../src/predictions/trained';
import type { ModelOutputs } from '../../../src/predictions/types';
import { posthocMarkdown, posthocText } from '../../../src/report/posthoc';

const counts = [900, 90, 10];
const logs = counts.map((n) => Math.log(n / 1000));

/** Items whose logits are a clean signal plus `lean` times the training log prior. */
const outputsOf = (perClass: number, lean: number, seed = 1): ModelOutputs => {
  const random = createRandom(seed, 'outputs');
  const labels = Int32Array.from({ length: 3 * perClass }, (_, i) => i % 3);
  const logits = Float64Array.from({ length: 9 * perClass }, (_, i) => {
    const label = labels[Math.floor(i / 3)];
    return 2 * Number(i % 3 === label) + random.nextNormal() + lean * (logs[i % 3] ?? NaN);
  });
  return {
    path: '/model/test.npz',
    task: 'single-label',
    classNames: ['ant', 'bee', 'cicada'],
    items: 3 * perClass,
    logits,
    labels,
    features: null,
    classifier: null,
    trainCounts: null,
    notes: [],
  };
};

const request = (outputs: ModelOutputs, more: Partial<Request> = {}): Request => ({
  outputs,
  select: null,
  trainCounts: counts,
  trained: readTrained('plain'),
  target: 'uniform',
  tau: 'auto',
  rule: null,
  bands: 'auto',
  seed: 0,
  ...more,
});

const codes = ({ result }: ReturnType<typeof correctPredictions>): string[] =>
  result.reasons.map(({ code }) => code);

describe('correcting a trained model', () => {
  it('keeps what theory gives where the logits carry the prior once', () => {
    const corrected = correctPredictions(request(outputsOf(200, 1)));
    const { chosen, tried, classes } = corrected.result;
    expect(chosen).toMatchObject({ kind: 'logit-adjustment', tau: 1 });
    expect(chosen.offsets?.['cicada']).toBeCloseTo(-Math.log(0.01), 12);
    expect(codes(corrected)).toEqual(['tau.noDifference', 'posthoc/why/gain']);
    expect(tried.map(({ kind, how }) => [kind, how])).toEqual([
      ['plain', 'fixed'],
      ['logit-adjustment', 'fixed'],
    ]);
    const tail = classes[2];
    expect(tail?.after.recall ?? 0).toBeGreaterThan((tail?.before?.recall ?? 1) + 0.3);
    expect(tail?.after.interval[0]).toBeLessThan(tail?.after.recall ?? 0);
  });

  it('scores a tuned tau by cross-fitting, never by the items it was tuned on', () => {
    const { result } = correctPredictions(request(outputsOf(400, 0.5)));
    expect(result.chosen.kind).toBe('logit-adjustment');
    expect(result.chosen.tau).toBeGreaterThan(0.2);
    expect(result.chosen.tau).toBeLessThan(0.8);
    expect(result.tried.at(-1)).toMatchObject({ how: 'cross-fitted', tau: result.chosen.tau });
  });

  it('chooses on the other file where one is given', () => {
    const select = { ...outputsOf(400, 0.5, 7), path: '/model/val.npz' };
    const { result } = correctPredictions(request(outputsOf(400, 0.5), { select }));
    expect(result.selectedOn).toBe('/model/val.npz');
    expect(result.tried.at(-1)?.how).toBe('selected');
    const others = { ...select, classNames: ['bee', 'ant', 'cicada'] };
    expect(() => correctPredictions(request(outputsOf(9, 1), { select: others }))).toThrow(
      'posthoc/select-differs',
    );
  });

  it('leaves the model alone where it has the shares asked for', () => {
    for (const more of [
      { target: 'as-trained' } as const,
      { trained: readTrained('sampler:class-balanced') },
      { trained: readTrained('loss:balanced-softmax') },
    ]) {
      const corrected = correctPredictions(request(outputsOf(60, 1), more));
      expect(corrected.result.chosen.kind).toBe('plain');
      expect(codes(corrected)).toEqual(['posthoc/why/nothing-to-correct']);
      expect(corrected.after).toEqual(corrected.before);
    }
  });

  it('leaves it alone where the correction does harm: the prior was already gone', () => {
    const corrected = correctPredictions(request(outputsOf(15, 0, 3)));
    expect(corrected.result.chosen.kind).toBe('plain');
    expect(codes(corrected).at(-1)).toBe('posthoc/why/worse');
    // The same with items enough to tune: tau goes down to where nothing is corrected, or near it.
    const more = correctPredictions(request(outputsOf(300, 0))).result.chosen;
    expect(more.tau ?? 0).toBeLessThan(0.4);
  });

  it('moves to given shares with the weights of those shares', () => {
    const target = { ant: 0.2, bee: 0.2, cicada: 0.6 };
    const { result } = correctPredictions(request(outputsOf(100, 1), { target }));
    expect(result.chosen).toMatchObject({ kind: 'logit-adjustment', tau: 1 });
    const { ant = 0, cicada = 0 } = result.chosen.offsets ?? {};
    expect((cicada ?? 0) - (ant ?? 0)).toBeCloseTo(Math.log(0.6 / 0.01) - Math.log(0.2 / 0.9), 10);
    expect(() => correctPredictions(request(outputsOf(9, 1), { target: { ant: 1 } }))).toThrow(
      'posthoc/target-class',
    );
  });

  it('never predicts a class without training items, and says so as null', () => {
    const corrected = correctPredictions(
      request(outputsOf(30, 1), { trainCounts: [900, 100, 0], tau: 1 }),
    );
    expect(corrected.result.chosen.offsets?.['cicada']).toBeNull();
    expect([...corrected.after]).not.toContain(2);
    expect(JSON.parse(JSON.stringify(corrected.result))).toEqual(corrected.result);
  });

  it('moves the threshold of two classes, and refuses one for three', () => {
    const random = createRandom(4, 'two');
    const labels = Int32Array.from({ length: 400 }, (_, i) => Number(i % 8 === 0));
    const logits = Float64Array.from({ length: 800 }, (_, i) =>
      i % 2 === 0 ? 0 : 3 * (labels[(i - 1) / 2] ?? 0) - 3 + random.nextNormal(),
    );
    const two = { ...outputsOf(1, 0), classNames: ['no', 'yes'], items: 400, labels, logits };
    const rule = { metric: 'recall', precisionFloor: 0.5 } as const;
    const corrected = correctPredictions(request(two, { trainCounts: [700, 100], rule }));
    const { chosen, tried, classes } = corrected.result;
    expect(chosen.threshold?.positive).toBe('yes');
    expect(tried.find(({ kind }) => kind === 'thresholds')?.how).toBe('cross-fitted');
    expect(classes[1]?.after.precision ?? 0).toBeGreaterThan(0.4);
    const said = [...corrected.probabilities].filter((_, i) => i % 2 === 1).map((p) => p > 0.5);
    expect([...corrected.after]).toEqual(said.map(Number));
    expect(() => correctPredictions(request(outputsOf(30, 1), { rule }))).toThrow(
      'posthoc/rule-needs-two',
    );
  });

  it('is the same for the same seed', () => {
    const once = () => correctPredictions(request(outputsOf(50, 0.5), { seed: 3 })).result;
    expect(once()).toEqual(once());
  });
});

describe('features', () => {
  const labels = Int32Array.from({ length: 90 }, (_, i) => i % 3);
  const random = createRandom(2, 'features');
  const values = Float64Array.from(
    { length: 270 },
    (_, i) => 3 * Number(i % 3 === labels[Math.floor(i / 3)]) + random.nextNormal(),
  );
  const withFeatures = { ...outputsOf(30, 1), labels, features: { values, width: 3 } };

  it('give class means, cross-fitted; alone there is nothing to compare with', () => {
    const corrected = correctPredictions(request({ ...withFeatures, logits: null }));
    expect(corrected.result.chosen.kind).toBe('nearest-mean');
    expect(corrected.result.tried.map(({ how }) => how)).toEqual(['cross-fitted']);
    expect(corrected.before).toBeNull();
    expect(codes(corrected)).toEqual(['posthoc/why/nothing-before']);
  });

  it('with classifier weights give the tau-normalised classifier', () => {
    // Rows of one direction and very different norms: plain argmax follows the first.
    const weights = Float64Array.of(9, 0, 0, 0, 1, 0, 0, 0, 0.1);
    const { tried } = correctPredictions(
      request({ ...withFeatures, classifier: { weights, bias: null } }),
    ).result;
    const own = tried.find(({ kind }) => kind === 'tau-norm');
    expect(own?.tau).toBe(1);
    expect(own?.scores?.balancedAccuracy ?? 0).toBeGreaterThan(0.8);
  });
});

describe('several labels', () => {
  const random = createRandom(9, 'sets');
  const labels = Int32Array.from({ length: 900 }, (_, i) =>
    Number(random.nextFloat() < [0.5, 0.2, 0.005][i % 3]!),
  );
  const logits = Float64Array.from(labels, (one) => 3 * one - 4 + random.nextNormal());
  const sets = { ...outputsOf(100, 1), task: 'multi-label', items: 300, labels, logits } as const;

  it('get a threshold each, cross-fitted; rare ones keep one half', () => {
    const { result, after } = correctPredictions(request(sets));
    expect(result.chosen.kind).toBe('thresholds');
    expect(result.chosen.thresholds?.['cicada']).toBe(0.5);
    expect(result.chosen.thresholds?.['ant'] ?? 1).toBeLessThan(0.4);
    expect(result.notes.map(({ code }) => code)).toEqual(['posthoc/note/labels-kept']);
    expect(result.tried.at(-1)?.gain?.excludesZero).toBe(true);
    expect(after).toHaveLength(900);
    expect(result.classes[0]?.before?.recall ?? 1).toBeLessThan(
      result.classes[0]?.after.recall ?? 0,
    );
  });

  it('are written with their names', () => {
    const corrected = correctPredictions(request(sets));
    const csv = posthocFiles(corrected, sets).find(({ name }) => name === 'predictions.csv');
    const lines = csv?.parts.join('').split('\n') ?? [];
    expect(lines[0]).toBe('row,label,before,after,ant,bee,cicada');
    expect(lines).toHaveLength(302);
    expect(posthocCode(corrected.result)).toContain('"cicada": 0.5');
  });
});

describe('what is written', () => {
  it('has config, code, npz and csv, and reports without a code for a sentence', () => {
    const corrected = correctPredictions(request(outputsOf(200, 1)));
    const files = posthocFiles(corrected, outputsOf(200, 1));
    expect(files.map(({ name }) => name)).toEqual([
      'posthoc.yaml',
      'posthoc.py',
      'predictions.npz',
      'predictions.csv',
    ]);
    expect(files[0]?.parts.join('')).toMatch(/posthoc:\n {2}kind: logit-adjustment\n {2}tau: 1/);
    expect(files[1]?.parts.join('')).toContain('"ant": 0.105');
    for (const text of [
      posthocMarkdown(corrected.result),
      posthocText(corrected.result, (_, own) => own),
    ]) {
      expect(text).toContain('cicada');
      expect(text).not.toMatch(/posthoc\/|tau\.|\?/);
    }
    for (const { code } of corrected.result.reasons) expect(catalogue[code]).toBeDefined();
  });
});

describe('the result as JSON', () => {
  const text = readFileSync(
    join(import.meta.dirname, '../../../schemas/posthoc.schema.json'),
    'utf8',
  );
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
    JSON.parse(text) as object,
  );

  it.each([
    ['adjusted', request(outputsOf(50, 1))],
    ['for given shares', request(outputsOf(50, 1), { target: { ant: 1, bee: 1, cicada: 2 } })],
    ['without training items of a class', request(outputsOf(30, 1), { trainCounts: [9, 1, 0] })],
  ])('%s is what its schema says', (_, own) => {
    const { result } = correctPredictions(own);
    expect(validate(JSON.parse(JSON.stringify(result))), JSON.stringify(validate.errors)).toBe(
      true,
    );
    expect(validate({ ...result, more: 1 })).toBe(false);
  });
});

describe('how a model was trained', () => {
  it('gives the prior it carries', () => {
    const at = (text: string): number[] =>
      [...readTrained(text).effectivePrior(counts)].map((p) => Math.round(1e6 * p) / 1e6);
    expect(at('plain')).toEqual([0.9, 0.09, 0.01]);
    expect(at('sampler:class-balanced')).toEqual(at('weights:inverse'));
    expect(at('loss:balanced-softmax')).toEqual([0.333333, 0.333333, 0.333333]);
    const roots = counts.map(Math.sqrt);
    const total = roots.reduce((a, b) => a + b, 0);
    expect(at('sampler:power:q=0.5')).toEqual(
      roots.map((root) => Math.round((1e6 * root) / total) / 1e6),
    );
    // Both correct it, so together it is turned over: shares as 1/n of a balanced one.
    expect(at('sampler:class-balanced,weights:inverse')[2]).toBeGreaterThan(0.8);
  });

  it.each([
    ['samplers:x', 'posthoc/trained-part'],
    ['sampler:clas-balanced', 'posthoc/trained-kind-near'],
    ['weights:everything', 'posthoc/trained-kind'],
    ['sampler:power:p=1', 'posthoc/trained-settings'],
    ['loss:cross-entropy,loss:focal', 'posthoc/trained-twice'],
  ])('%s says %s', (text, code) => {
    expect(() => readTrained(text)).toThrow(code);
  });

  it('needs a count for every class, by name', () => {
    const known = new Map([
      ['10', 4],
      ['2', 5],
    ]);
    expect(countsInOrder(known, ['2', '10'])).toEqual([5, 4]);
    expect(() => countsInOrder(known, ['2', '1'])).toThrow('posthoc/counts-class');
    expect(() => countsInOrder(new Map([['a', 0]]), ['a'])).toThrow('posthoc/counts-empty');
  });
});
