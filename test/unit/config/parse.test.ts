import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config/parse';
import { say } from '../../../src/words/say';

const base = `version: 1
dataset: { root: ./data }
model: { kind: resnet-8 }
stages:
  - { name: train, epochs: 2 }
`;

/** The part of the text between « and » is where the issue has to be. */
const marked = (text: string) => {
  const [before = '', inside = '', after = ''] = text.split(/[«»]/);
  const lines = before.split('\n');
  const column = (lines.at(-1) ?? '').length + 1;
  return {
    text: before + inside + after,
    place: {
      line: lines.length,
      column,
      endColumn: inside === '' || inside.includes('\n') ? undefined : column + inside.length,
    },
  };
};

/** [what is wrong, text with the place marked, code, words the sentence has to contain] */
const wrong: readonly [string, string, string, RegExp][] = [
  [
    'a misspelt key at the top',
    `${base}«posthok»: { kind: none }\n`,
    'config/unknown-key-near',
    /posthok.*posthoc/,
  ],
  [
    'a misspelt key deep inside',
    base.replace('epochs: 2 }', 'epochs: 2, optimizer: { «learningrate»: 0.1 } }'),
    'config/unknown-key-near',
    /stages\[0\]\.optimizer.*learningRate/,
  ],
  [
    'a key of another kind',
    base.replace('resnet-8', 'resnet-8, «hiden»: [1]'),
    'config/unknown-key',
    /hiden.*model.*kind, width/,
  ],
  [
    'a key nothing is near to',
    `${base}«zzzzzz»: 1\n`,
    'config/unknown-key',
    /zzzzzz.*version, seed, dataset/,
  ],
  [
    'a missing key',
    base.replace('{ name: train, epochs: 2 }', '«{ name: train }»'),
    'config/missing',
    /stages\[0\]\.epochs/,
  ],
  ['an unknown kind', base.replace('resnet-8', '«resnet8»'), 'config/choice-near', /resnet-8/],
  [
    'a kind that is like none',
    base.replace('resnet-8', '«transformer»'),
    'config/choice',
    /model\.kind.*resnet-8, .*mlp, linear/,
  ],
  ['a wrong word', `${base}backend: «natve»\n`, 'config/choice-near', /native/],
  [
    'a value of the wrong type',
    base.replace('epochs: 2', 'epochs: «two»'),
    'config/type-number',
    /"two".*number/,
  ],
  [
    'a fraction where a whole number belongs',
    base.replace('epochs: 2', 'epochs: «2.5»'),
    'config/type-int',
    /2\.5.*whole/,
  ],
  [
    'a number below its range',
    base.replace('epochs: 2', 'epochs: «0»'),
    'config/too-small',
    /at least 1/,
  ],
  [
    'a number on an open end',
    base.replace('epochs: 2', 'epochs: 2, optimizer: { learningRate: «0» }'),
    'config/too-small-strict',
    /more than 0/,
  ],
  ['a number above its range', `${base}seed: «4294967296»\n`, 'config/too-big', /at most/],
  [
    'a class name that reads as a number',
    base.replace('./data }', './data, classes: { ignore: [«10»] } }'),
    'config/type-string',
    /quotes/,
  ],
  ['no stage', base.replace(/stages:[^]*/, 'stages: «[]»\n'), 'config/too-few', /at least 1/],
  [
    'a branch of a union that is nearly right',
    `${base}bands: { manyAbove: «-1», fewBelow: 2 }\n`,
    'config/too-small',
    /bands\.manyAbove/,
  ],
  ['a word where a union takes others', `${base}bands: «rnak»\n`, 'config/choice-near', /rank/],
  ['another version', base.replace('1', '«2»'), 'config/choice', /version.*1/],
  [
    'a key without value',
    base.replace('model: { kind: resnet-8 }', '«model»:'),
    'config/type-map',
    /model/,
  ],
  ['the same key twice', `${base}seed: 1\n«s»eed: 2\n`, 'config/duplicate-key', /twice/],
  ['broken YAML', 'version: 1\ndataset: { root: «»\n', 'config/yaml', /YAML/],
  ['a list', '«»- 1\n', 'config/not-a-map', /keys/],
  ['nothing', '«»', 'config/not-a-map', /keys/],
  ['an alias without anchor', '«»version: *x\n', 'config/yaml', /x/],
];

describe('parseConfig', () => {
  it('fills in the defaults', () => {
    const { config, issues } = parseConfig(base, 'longtail.yaml');
    expect(issues).toEqual([]);
    expect(config).toMatchObject({
      seed: 0,
      bands: 'auto',
      goal: { prior: 'uniform', metric: 'balanced-accuracy' },
      dataset: { splits: { train: 'train', validation: 0.1, test: 'test' } },
      stages: [{ sampler: { kind: 'instance' }, loss: { kind: 'cross-entropy' } }],
      posthoc: { kind: 'none' },
      backend: 'auto',
    });
  });

  it.each(wrong)('names the place of %s', (_, withMarks, code, sentence) => {
    const { text, place } = marked(withMarks);
    const { config, issues } = parseConfig(text, 'dir/longtail.yaml');
    expect(config).toBeNull();
    expect(issues.map((issue) => issue.code)).toContain(code);
    const found = issues.find((issue) => issue.code === code)!;
    expect({ ...place, ...found }).toMatchObject(place);
    expect(found).toMatchObject({ severity: 'error', path: 'dir/longtail.yaml' });
    expect(say(found)).toMatch(sentence);
  });

  it('names every wrong key, not only the first', () => {
    const text = base.replace('epochs: 2', 'epoch: 2, sampler: { kind: power }').concat('sed: 1\n');
    expect(parseConfig(text, 'x').issues.map((issue) => [issue.code, issue.line])).toEqual([
      ['config/missing', 5],
      ['config/missing', 5],
      ['config/unknown-key-near', 5],
      ['config/unknown-key-near', 6],
    ]);
  });

  it('does not expand a file that doubles itself again and again', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg'])
      bomb.push(`${to}: &${to} [${Array(10).fill(`*${from}`).join(', ')}]`);
    expect(parseConfig(bomb.join('\n'), 'x').config).toBeNull();
  });

  it('refuses what nests without end before the parser sees it', () => {
    const deep = `${base}x: ${'['.repeat(200_000)}`;
    expect(parseConfig(deep, 'x')).toMatchObject({
      config: null,
      issues: [{ code: 'config/too-deep', line: 1 }],
    });
  });
});
