import { describe, expect, it } from 'vitest';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { completionsAt } from '../../../src/config/editor/completions';
import { hoverAt } from '../../../src/config/editor/hover';
import { plainConfig } from '../../../src/config/defaults';
import { factsOf } from '../../../src/config/facts';
import { keysAt, valuesAt } from '../../../src/config/keys';
import { presets } from '../../../src/config/presets';
import { serializeConfig } from '../../../src/config/serialize';
import { presetConfigFor } from '../../../src/recommend/configFor';
import { catalogue } from '../../../src/words/en';
import { profileOf } from '../../support/configs';
import { expressibleMethods } from '../../support/expressible';

const facts = {
  task: 'single-label',
  modality: 'image',
  classes: [
    { name: 'bee', count: 60 },
    { name: '10', count: 6 },
  ],
  splits: ['train', 'hold-out'],
} as const;

/** Labels offered at the `|` of a text. */
const offered = (text: string, known: typeof facts | null = facts): string[] =>
  completionsAt(text.replace('|', ''), text.indexOf('|'), known).map(({ label }) => label);

const head = 'version: 1\ndataset: { root: ./data }\n';

describe('completion', () => {
  it.each([
    ['the keys of the file that are not there yet', `${head}|`, ['model', 'stages'], ['version']],
    ['keys half written', `${head}mod|`, ['model'], ['dataset']],
    ['keys of a map in lines', `${head}input:\n  |`, ['size', 'augment'], ['root']],
    ['keys between others', `${head}input:\n  size: [32, 32]\n  |\n`, ['augment'], ['size']],
    ['keys inside braces', `${head}model: { kind: bbn, | }`, ['backbone', 'adaptor'], ['hidden']],
    [
      'keys of the kind that is written',
      'stages:\n  - loss:\n      kind: ldam\n      |',
      ['maxMargin'],
      ['tau'],
    ],
    ['kinds', 'stages:\n  - loss: { kind: | }', ['ldam', 'focal', 'logit-adjusted'], []],
    [
      'kinds while another is written',
      'stages:\n  - loss: { kind: foc|al }',
      ['ldam', 'focal'],
      [],
    ],
    ['enumerations', 'bands: |', ['auto', 'rank'], []],
    ['truth values', 'stages:\n  - optimizer: { nesterov: | }', ['true', 'false'], []],
    ['items of lists', 'input: { augment: [crop, |] }', ['flip'], []],
    ['the first key of a stage', 'stages:\n  - |', ['name', 'epochs'], []],
    ['classes to ignore', 'dataset:\n  classes: { ignore: [|] }', ['bee', '10'], []],
    ['classes to merge', 'dataset:\n  classes:\n    merge:\n      insects: [b|]', ['bee'], []],
    ['classes with a share', 'goal:\n  prior:\n    bee: 0.5\n    |', ['10'], ['bee']],
    [
      'classes with a threshold',
      'posthoc: { kind: thresholds, at: { bee: 0.5, | } }',
      ['10'],
      ['bee'],
    ],
    ['splits and “none”', 'dataset:\n  splits: { validation: | }', ['hold-out', 'none'], []],
  ])('offers %s', (_, text, wanted, unwanted) => {
    const labels = offered(text);
    for (const label of wanted) expect(labels).toContain(label);
    for (const label of unwanted) expect(labels).not.toContain(label);
  });

  it.each([
    ['comments', '# |\nversion: 1'],
    ['text that is free', 'dataset: { root: ./da| }'],
    ['keys nobody knows', 'dateset:\n  |'],
  ])('offers nothing in %s', (_, text) => {
    expect(offered(text)).toEqual([]);
  });

  it('quotes classes that YAML would read as another value, and knows nothing without a scan', () => {
    const text = 'dataset:\n  classes:\n    ignore: []';
    const at = text.length - 1;
    const ten = completionsAt(text, at, facts).find(({ label }) => label === '10');
    expect(ten?.snippet).toBe('"10"');
    expect(ten?.count).toBe(6);
    expect(completionsAt(text, at, null)).toEqual([]);
  });

  it('writes maps below their key, kinds in braces, and replaces the word alone', () => {
    const text = `${head}inp`;
    const [input] = completionsAt(text, text.length, null).filter(({ label }) => label === 'input');
    expect(input).toMatchObject({ from: text.length - 3, to: text.length });
    expect(input?.snippet).toContain('kind');
    const stage = 'stages:\n  - name: a\n    opt';
    const [optimizer] = completionsAt(stage, stage.length, null).filter(
      ({ label }) => label === 'optimizer',
    );
    expect(optimizer?.snippet).toBe('optimizer: { kind: $0 }');
    const data = `version: 1\ndataset:\n  spl`;
    const [splits] = completionsAt(data, data.length, null).filter(
      ({ label }) => label === 'splits',
    );
    expect(splits?.snippet).toBe('splits:\n    $0');
  });

  it('never fails, wherever the cursor stands in a config or in damaged text', () => {
    const texts = [
      serializeConfig(plainConfig(profileOf({ counts: [60, 12, 4] }), { root: './data' })),
      'stages: [ { name: "a, loss: { kind:\n\t- ? : &a *b',
      '[]',
      '',
    ];
    for (const text of texts)
      for (let at = 0; at <= text.length; at += 3) {
        completionsAt(text, at, facts);
        hoverAt(text, at);
      }
  });
});

describe('hover', () => {
  const at = (text: string) => hoverAt(text.replace('|', ''), text.indexOf('|'));

  it('names a key by its place, with its default', () => {
    const hover = at(`${head}stages:\n  - optimizer: { mom|entum: 0.8 }`);
    expect(hover?.guide).toMatchObject({
      about: 'guide/key/stages.optimizer.momentum',
      default: 0.9,
    });
    expect(at('goal: { prior: uni|form }')).toBeNull();
    expect(at('sta|ges: []')?.guide.required).toBe(true);
  });

  it('names a kind with formula and source', () => {
    const { guide } = at('stages:\n  - loss: { kind: fo|cal }') ?? {};
    expect(guide?.about).toBe('guide/kind/loss/focal');
    expect(catalogue[guide?.formula ?? '']).toContain('(1 − p_y)^γ');
  });
});

/** Every place of a config that has a key, with the whole as written. */
const keyPlaces = (text: string): { path: (string | number)[]; value: unknown }[] => {
  const document = parseDocument(text);
  const value: unknown = document.toJS();
  const found: { path: (string | number)[]; value: unknown }[] = [];
  const walk = (node: unknown, path: (string | number)[]): void => {
    if (isMap(node))
      for (const { key, value: own } of node.items) {
        const at = [...path, isScalar(key) ? String(key.value) : ''];
        found.push({ path: at, value });
        walk(own, at);
      }
    if (isSeq(node)) node.items.forEach((item, i) => walk(item, [...path, i]));
  };
  walk(document.contents, []);
  return found;
};

describe('the guide', () => {
  it('has words for every kind that can be written', () => {
    const kinds = ['sampler', 'loss', 'weights', 'mixing', 'optimizer', 'classifier'].flatMap(
      (family) => {
        const path = ['stages', 0, family, 'kind'];
        return valuesAt(path, {}).map((kind) => `guide/kind/${family}/${String(kind)}`);
      },
    );
    const others = ['model', 'posthoc', 'input'].flatMap((family) =>
      valuesAt([family, 'kind'], {}).map((kind) => `guide/kind/${family}/${String(kind)}`),
    );
    expect(kinds.length).toBeGreaterThan(35);
    expect([...kinds, ...others].filter((code) => !(code in catalogue))).toEqual([]);
    for (const method of expressibleMethods()) {
      const [family = '', kind = ''] = method.split(':');
      if (['sampler', 'loss', 'weights', 'mixing', 'posthoc'].includes(family))
        expect(catalogue).toHaveProperty([`guide/kind/${family}/${kind}`]);
    }
  });

  it('has words for every key the schema knows, and none for others', () => {
    const seen = new Set<string>();
    // Places are walked with every kind written in turn: each brings keys of its own.
    const walk = (path: readonly (string | number)[], value: unknown): void => {
      const isKind = keysAt(path, value).some(({ name }) => name === 'kind');
      const kinds = isKind ? valuesAt([...path, 'kind'], value) : [null];
      for (const kind of kinds) {
        const written = kind === null ? value : withKind(value, path, String(kind));
        for (const { name } of keysAt(path, written)) {
          if (name === 'kind') continue;
          const code = [...path, name].filter((part) => typeof part === 'string').join('.');
          seen.add(`guide/key/${code}`);
          const inner = name === 'stages' ? [...path, name, 0] : [...path, name];
          walk(inner, written);
        }
      }
    };
    walk([], {});
    const said = Object.keys(catalogue).filter((code) => code.startsWith('guide/key/'));
    expect([...seen].sort()).toEqual(said.sort());
  });

  it('knows every key of every preset', () => {
    const profile = profileOf({ counts: [500, 100, 20], test: 50 });
    for (const preset of presets) {
      const options = { root: './data', imageSize: [32, 32] as const, channels: 3 as const };
      const { text } = presetConfigFor(profile, options, preset);
      for (const { path, value } of keyPlaces(text)) {
        const known = keysAt(path.slice(0, -1), value).map(({ name }) => name);
        expect(known).toContain(path.at(-1));
      }
    }
  });

  it('takes factsOf a profile as it is', () => {
    expect(offered('dataset: { classes: { ignore: [|] } }', null)).toEqual([]);
    const real = factsOf(profileOf({ counts: [3, 2] }));
    const text = 'dataset: { classes: { ignore: [] } }';
    expect(completionsAt(text, text.indexOf(']'), real)).toHaveLength(2);
  });
});

/** A config with a kind written at a place. */
const withKind = (value: unknown, path: readonly (string | number)[], kind: string): unknown => {
  const [first, ...rest] = path;
  if (first === undefined) return { ...(value as object), kind };
  const own = (value as Record<string | number, unknown> | undefined)?.[first];
  const inner = withKind(own ?? {}, rest, kind);
  if (typeof first === 'number') return [inner];
  return { ...(value as object), [first]: inner };
};
