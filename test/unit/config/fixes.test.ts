import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../../src/config/combinations';
import { applyEdits, removeAt, setAt } from '../../../src/config/editor/edits';
import { fixesFor } from '../../../src/config/editor/fixes';
import { staleComment } from '../../../src/config/editor/stale';
import type { DatasetFacts } from '../../../src/config/facts';
import { say } from '../../../src/words/say';

const facts: DatasetFacts = {
  task: 'single-label',
  modality: 'image',
  classes: [
    { name: 'left turn', count: 1500 },
    { name: 'ahead', count: 100 },
    { name: 'stop', count: 5 },
    { name: 'ghost', count: 0 },
  ],
  splits: ['train', 'test'],
};

/** A config with one line put in for each key given. */
const config = (changes: Readonly<Record<string, string>> = {}, stage = ''): string => {
  const lines: Readonly<Record<string, string>> = {
    version: 'version: 1',
    dataset: 'dataset:\n  root: ./data # where it lies\n  classes: { ignore: [ghost] }',
    model: 'model: { kind: resnet-8 } # small',
    stages: `stages:\n  # the only one\n  - name: train # first\n    epochs: 100\n${stage}`,
    ...changes,
  };
  return `${Object.values(lines)
    .map((line) => line.trimEnd())
    .join('\n')}\n`;
};

/** What is wrong, a text with it, the code, and a line of the text after the fix. */
const cases: readonly [string, string, string, RegExp][] = [
  [
    'a misspelt key',
    config({ seed: 'sed: 3 # lucky' }),
    'config/unknown-key-near',
    /^seed: 3 # lucky$/m,
  ],
  [
    'a misspelt kind',
    config({ bands: 'bands: rnak # why' }),
    'config/choice-near',
    /^bands: rank # why$/m,
  ],
  [
    'a misspelt kind of a method',
    config({}, '    loss: { kind: focl } # x'),
    'config/choice-near',
    /kind: focal \} # x/,
  ],
  [
    'a class that is spelt otherwise on disk',
    config({ dataset: 'dataset:\n  root: ./data\n  classes: { ignore: [ghost, stp] }' }),
    'config/unknown-class-near',
    /ignore: \[ghost, stop\]/,
  ],
  [
    'a class that is not on disk',
    config({
      dataset:
        'dataset:\n  root: ./data\n  classes:\n    ignore:\n      - ghost # gone\n      - something else\n',
    }),
    'config/unknown-class',
    /- ghost # gone\nmodel/,
  ],
  [
    'a split that is spelt otherwise',
    config({
      dataset:
        'dataset:\n  root: ./data\n  splits: { train: trian }\n  classes: { ignore: [ghost] }',
    }),
    'config/unknown-split-near',
    /train: train \}/,
  ],
  [
    'an empty class',
    config({ dataset: 'dataset:\n  root: ./data # here' }),
    'config/empty-class',
    /^ {2}classes: \{ ignore: \[ghost\] \}$/m,
  ],
  [
    'a share with a misspelt class',
    config({ goal: 'goal: { prior: { ahead: 0.5, left turn: 0.3, stp: 0.2 } }' }),
    'config/unknown-class-near',
    /stop: 0\.2/,
  ],
  [
    'a share whose class was renamed on disk',
    config({ goal: 'goal: { prior: { ahead: 0.5, left turn: 0.3, halt: 0.2 } }' }),
    'config/unknown-class',
    /stop: 0\.2/,
  ],
  [
    'a class without a share',
    config({ goal: 'goal: { prior: { ahead: 0.5, left turn: 0.5 } }' }),
    'config/prior-missing',
    /stop: 0 \}/,
  ],
  [
    'flips of classes with a side',
    config({ input: 'input: { augment: [crop, flip] } # both' }),
    'config/flip-unsafe',
    /augment: \[crop\] \} # both/,
  ],
  [
    'sampling and weights',
    config(
      {},
      '    sampler: { kind: class-balanced }\n    weights: { kind: inverse } # rare\n    # a last word\n',
    ),
    'config/row/sampling-and-weights',
    /class-balanced \}\n {4}# a last word/,
  ],
  [
    'a corrected loss with a sampler',
    config(
      {},
      '    loss: { kind: logit-adjusted }\n    sampler:\n      # alike\n      kind: class-balanced\n',
    ),
    'config/row/logit-adjusted-and-sampling',
    /sampler: \{ kind: instance \}/,
  ],
  [
    'a correction twice',
    config(
      { posthoc: 'posthoc: { kind: logit-adjustment } # once more' },
      '    loss: { kind: logit-adjusted }',
    ),
    'config/row/logit-adjusted-and-posthoc',
    /posthoc: \{ kind: none \} # once more/,
  ],
  [
    'LDAM on ordinary logits',
    config({}, '    loss: { kind: ldam }'),
    'config/row/ldam-without-cosine',
    /kind: resnet-8, classifier: \{ kind: cosine \} \} # small/,
  ],
  [
    'a first stage without a backbone',
    config({}, '    trainable: classifier'),
    'config/first-stage-frozen',
    /trainable: all/,
  ],
  [
    'a choice on nothing',
    config({
      dataset:
        'dataset:\n  root: ./data\n  splits: { validation: none }\n  classes: { ignore: [ghost] }',
      posthoc: 'posthoc: { kind: logit-adjustment, tau: auto }',
    }),
    'config/row/chosen-on-test',
    /tau: 1/,
  ],
  [
    'a ratio that is reached',
    config({}, '    sampler: { kind: over, ratio: 0.001 }'),
    'config/ratio-reached',
    /sampler: \{ kind: over \}/,
  ],
  [
    'mixing with LDAM',
    config(
      { model: 'model: { kind: resnet-8, classifier: { kind: cosine } }' },
      '    loss: { kind: ldam }\n    mixing: { kind: remix }\n',
    ),
    'config/row/remix-and-ldam',
    /loss: \{ kind: ldam \}\n$/,
  ],
];

describe('quick fixes', () => {
  it.each(cases)('put right %s', (_, text, code, after) => {
    const { issues } = readConfig(text, 'longtail.yaml', facts);
    const issue = issues.find((one) => one.code === code);
    expect(issues.map((one) => one.code)).toContain(code);
    const [first] = issue === undefined ? [] : fixesFor(text, issue);
    const fixed = applyEdits(text, first?.edits ?? []);
    expect(fixed).toMatch(after);
    const left = readConfig(fixed, 'longtail.yaml', facts).issues.map((one) => one.code);
    expect(left).not.toContain(code);
    expect(left).not.toContain('config/yaml');
    // Every comment that stood there stands there still, but for one on a line that went.
    const comments = (all: string): number => all.match(/#/g)?.length ?? 0;
    expect(comments(text) - comments(fixed)).toBeLessThanOrEqual(1);
    expect(say(first?.title ?? { code: '', params: {} })).not.toMatch(/guide\/|\?/);
  });

  it('offers every fix a row has as text that parses', () => {
    for (const [, text, code] of cases) {
      const issue = readConfig(text, 'longtail.yaml', facts).issues.find(
        (one) => one.code === code,
      );
      for (const { edits } of issue === undefined ? [] : fixesFor(text, issue))
        expect(() => void parse(applyEdits(text, edits))).not.toThrow();
    }
  });
});

describe('shares that cannot be', () => {
  const splits = (written: string): string =>
    config({
      dataset: `dataset:\n  root: ./data\n  splits: ${written}\n  classes: { ignore: [ghost] }`,
    });
  const codes = (text: string): readonly string[] =>
    readConfig(text, 'longtail.yaml', facts).issues.map(({ code }) => code);

  it('leave something to train on, of every class', () => {
    expect(codes(splits('{ validation: 0.6, test: 0.4 }'))).toContain('config/split-shares');
    // Of five, round(2.5) = 3 and 2 are all.
    expect(codes(splits('{ validation: 0.5, test: 0.4 }'))).toContain('config/hold-out-empties');
    expect(codes(splits('{ validation: 0.1, test: 0.2 }'))).toEqual([]);
  });
});

describe('edits', () => {
  it.each([
    ['a: 1\nb: 2\n', ['a'], 'b: 2\n'],
    ['a: 1\nb: 2', ['b'], 'a: 1\n'],
    ['{ a: 1, b: 2 }', ['b'], '{ a: 1 }'],
    ['{ a: 1, b: 2 }', ['a'], '{ b: 2 }'],
    ['l:\n  - a: 1\n    b: 2\n', ['l', 0, 'a'], 'l:\n  - b: 2\n'],
    ['l: [x, y, z]', ['l', 1], 'l: [x, z]'],
    ['a:\n  b: 1\n  c: 2\nd: 3\n', ['a'], 'd: 3\n'],
  ] as const)('take out of %j the place %j', (text, path, wanted) => {
    expect(applyEdits(text, removeAt(text, path))).toBe(wanted);
  });

  it.each([
    ['a: 1 # x\n', ['a'], 2, 'a: 2 # x\n'],
    ['a:\n  b: 1\nc: 3\n', ['a'], { k: 'v' }, 'a: { k: v }\nc: 3\n'],
    ['a:\nb: 1\n', ['a'], [1], 'a: [1]\nb: 1\n'],
    ['a: {}\n', ['a', 'b'], 1, 'a: { b: 1 }\n'],
    ['a:\n  b: 1\n', ['a', 'c', 'd'], 'x', 'a:\n  b: 1\n  c: { d: x }\n'],
    ['a: 1', ['b'], 2, 'a: 1\nb: 2\n'],
  ] as const)('write into %j at %j', (text, path, value, wanted) => {
    expect(applyEdits(text, setAt(text, path, value))).toBe(wanted);
  });
});

describe('counts in comments', () => {
  const now = '80 samples in 3 classes, 60 in the largest (bee), 8 in the smallest (ant).';
  it('are stale when the scan says otherwise', () => {
    const old = now.replace('80', '78').replace('8 in', '6 in');
    const text = `version: 1\n# ${old}\ndataset:\n  root: ./data\n`;
    const stale = staleComment(text, now);
    expect(stale?.line).toBe(2);
    expect(applyEdits(text, stale?.edits ?? [])).toContain(`# ${now}\ndataset`);
    expect(staleComment(text.replace(old, now), now)).toBeNull();
    expect(staleComment('# my own words\ndataset:\n', now)).toBeNull();
  });
});
