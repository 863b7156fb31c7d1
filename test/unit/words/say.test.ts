import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../src/words/en';
import { say, words } from '../../../src/words/say';

const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));

const areas = [...new Set(Object.keys(catalogue).map((code) => code.split('/')[0] ?? ''))];

describe('words', () => {
  it('shows whole numbers grouped, shares as percentages and fixed decimals', () => {
    expect(words('common/unexpected', { detail: 'no "x" here' })).toContain('no "x" here');
    expect(say({ code: 'no/such', params: { n: 1 } })).toBe('no/such {"n":1}');
  });

  it('has a sentence for every code the sources name', () => {
    const missing = new Set<string>();
    const code = new RegExp(`['"\`]((?:${areas.join('|')})/[a-zA-Z0-9./-]+)['"\`]`, 'g');
    for (const file of [...sources('src'), ...sources('webview')]) {
      if (file.includes('protocol')) continue;
      for (const [, found] of readFileSync(file, 'utf8').matchAll(code)) {
        if (found !== undefined && !(found in catalogue) && !isPath(found))
          missing.add(`${file}: ${found}`);
      }
    }
    expect([...missing]).toEqual([]);
  });

  it('has no entry that nothing uses', () => {
    const text = [...sources('src'), ...sources('webview')]
      .filter((file) => !file.startsWith(join('src', 'words', 'en')))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    // A code may be put together from a prefix and an id: `recommend/title/${id}`.
    const unused = Object.keys(catalogue).filter(
      (code) =>
        !text.includes(code) &&
        !code
          .split('/')
          .some(
            (_, depth, parts) =>
              depth > 0 && text.includes(`\`${parts.slice(0, depth).join('/')}/\${`),
          ),
    );
    expect(unused).toEqual([]);
  });

  it('accents every sentence in the pseudo locale', () => {
    for (const entry of Object.keys(catalogue))
      expect(words(entry, {}, 'pseudo')).toMatch(/^\[.*\]$/s);
  });
});

/** Relative imports and event kinds look like codes; they end in a file or are in a protocol. */
const isPath = (text: string): boolean => /\.(ts|js|css|json)$/.test(text) || eventKinds.test(text);
const eventKinds = /^(run|stage)\//;
