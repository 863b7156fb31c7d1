import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config/parse';
import { serializeConfig } from '../../../src/config/serialize';
import { plainConfig } from '../../../src/config/defaults';
import { anyConfig, cifarCounts, profileOf } from '../../support/configs';

describe('serializeConfig', () => {
  it('is undone by parseConfig', () => {
    fc.assert(
      fc.property(anyConfig, (config) => {
        const { config: back, issues } = parseConfig(serializeConfig(config), 'longtail.yaml');
        expect(issues).toEqual([]);
        expect(back).toEqual(config);
      }),
      { numRuns: 300 },
    );
  });

  it('is undone by parseConfig whatever the comments say', () => {
    const place = fc.constantFrom(
      [],
      ['dataset'],
      ['dataset', 'splits', 'validation'],
      ['stages', 0, 'loss'],
      ['stages', 0, 'loss', 'tau'],
      ['goal', 'prior'],
      ['no', 'such', 'key'],
    );
    fc.assert(
      fc.property(
        anyConfig,
        fc.array(fc.record({ at: place, text: fc.string({ unit: 'grapheme' }) })),
        (config, comments) => {
          const text = serializeConfig(config, comments);
          expect(parseConfig(text, 'longtail.yaml')).toEqual({ config, issues: [] });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('writes comments above the key they are about, and of the line for keys inside one', () => {
    const config = plainConfig(profileOf({ counts: cifarCounts, test: 1000 }), { root: './data' });
    const text = serializeConfig(config, [
      { at: [], text: 'first\nsecond' },
      { at: ['dataset', 'splits', 'validation'], text: 'held out' },
      { at: ['stages', 0, 'optimizer'], text: 'why this rate' },
    ]);
    const lines = text.split('\n');
    expect(lines.slice(0, 2)).toEqual(['# first', '# second']);
    expect(lines[lines.indexOf('  # held out') + 1]).toBe(
      '  splits: { train: train, validation: 0.1, test: test }',
    );
    expect(lines[lines.findIndex((l) => l.includes('# why')) + 1]).toContain('optimizer:');
  });

  it('wraps long comments at 100 columns and loses no word of them', () => {
    const config = plainConfig(profileOf({ counts: [3, 4] }), { root: './data' });
    const sentence = Array.from({ length: 60 }, (_, i) => `word${i}`).join(' ');
    const address = `https://example.org/${'x'.repeat(120)}`;
    for (const at of [[], ['dataset', 'splits'], ['stages', 0, 'optimizer']]) {
      const text = serializeConfig(config, [{ at, text: `${sentence} ${address} end` }]);
      const comments = text.split('\n').filter((line) => /^ *#/.test(line));
      const long = comments.filter((line) => line.length > 100);
      expect(long.map((line) => line.replace(/^ *# /, ''))).toEqual([address]);
      expect(comments.length).toBeLessThan(9);
      expect(comments.map((line) => line.replace(/^ *# /, '')).join(' ')).toBe(
        `${sentence} ${address} end`,
      );
      expect(parseConfig(text, 'longtail.yaml')).toEqual({ config, issues: [] });
    }
  });

  it('keeps a class name that YAML would read as something else', () => {
    const config = plainConfig(profileOf({ counts: [3, 4] }), { root: '.' });
    const names = ['10', '1e3', 'null', '~', 'true', '0x1f', '2024-01-01', '.inf', '<<', 'Ä', ''];
    const odd = {
      ...config,
      dataset: { ...config.dataset, classes: { ignore: names, merge: { '007': ['08'] } } },
    };
    expect(parseConfig(serializeConfig(odd), 'x').config).toEqual(odd);
  });
});
