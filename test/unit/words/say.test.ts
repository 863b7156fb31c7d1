import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../src/words/en';
import { say, words } from '../../../src/words/say';
import { typescriptFiles } from './sources';

const areas = [...new Set(Object.keys(catalogue).map((code) => code.split('/')[0] ?? ''))];

describe('words', () => {
  it('shows whole numbers grouped, shares as percentages and fixed decimals', () => {
    expect(words('common/unexpected', { detail: 'no "x" here' })).toContain('no "x" here');
    const sentence = words('cli/advice/gain', { points: -2.36, sets: ['A', 'B'] });
    expect(sentence).toContain('\u22122.4 points of balanced accuracy, from A, B');
    expect(say({ code: 'no/such', params: { n: 1 } })).toBe('no/such {"n":1}');
  });

  it('has a sentence for every code the sources name', () => {
    const missing = new Set<string>();
    const code = new RegExp(`['"\`]((?:${areas.join('|')})/[a-zA-Z0-9./-]+)['"\`]`, 'g');
    for (const file of [...typescriptFiles('src'), ...typescriptFiles('webview')]) {
      for (const [, found] of readFileSync(file, 'utf8').matchAll(code)) {
        if (found !== undefined && !(found in catalogue) && !isPath(found))
          missing.add(`${file}: ${found}`);
      }
    }
    expect([...missing]).toEqual([]);
  });

  it('has no entry that nothing uses', () => {
    const text = [...typescriptFiles('src'), ...typescriptFiles('webview')]
      .filter((file) => !file.startsWith(join('src', 'words', 'en')))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    // A code may be put together from a beginning and an id: `recommend/title/${id}`.
    const beginnings = [
      ...text.matchAll(/`([a-z]+\/[a-zA-Z0-9/.-]*)\$\{|'([a-z]+\/[a-zA-Z0-9/.-]*[/.-])'/g),
    ].map(([, template, literal]) => template ?? literal ?? '');
    const unused = Object.keys(catalogue).filter(
      (code) =>
        !text.includes(code) && !beginnings.some((start) => start !== '' && code.startsWith(start)),
    );
    expect(unused).toEqual([]);
  });

  it('accents every sentence in the pseudo locale', () => {
    for (const entry of Object.keys(catalogue))
      expect(words(entry, {}, 'pseudo')).toMatch(/^\[.*\]$/s);
  });
});

/** Kinds of messages between processes look like codes; so do folders. */
const kinds = new Set(
  typescriptFiles('src/protocol').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/'([a-z]+\/[a-zA-Z/]+)'/g)].map(([, kind]) => kind),
  ),
);
const isPath = (text: string): boolean =>
  /\.(ts|js|css|json)$/.test(text) || kinds.has(text) || existsSync(join('src', text));
