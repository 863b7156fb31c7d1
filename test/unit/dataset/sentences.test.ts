import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { issue, issueOfMany } from '../../../src/dataset/issues';
import { scanDatasetSync } from '../../../src/dataset/scan';
import { catalogue } from '../../../src/words/en';
import { say } from '../../../src/words/say';
import { memorySource, pictureTree } from './memorySource';

const sourcesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));

it.each(['dataset', 'profile'])(
  'there is a sentence for every code of %s, and no other',
  (area) => {
    const text = sourcesOf(resolve(__dirname, '../../../src', area)).join('\n');
    const used = new Set(text.match(new RegExp(`(?<=['\`])${area}/[a-z0-9-]+(?=['\`])`, 'g')));
    // The one code that is put together: how the folders are stacked.
    if (area === 'dataset')
      for (const layout of ['flat', 'split-class', 'class-split'])
        used.add(`dataset/evidence-${layout}`);
    const written = Object.keys(catalogue).filter((code) => code.startsWith(`${area}/`));
    expect([...used].sort()).toEqual(written.sort());
  },
);

it('fills an issue with its place and names', () => {
  expect(say(issue('warning', 'dataset/csv-short-rows', {}, { path: 'a.csv', count: 1 }))).toBe(
    '1 row of a.csv ends before the label column and counts as unlabelled.',
  );
  const names = Array.from({ length: 10 }, (_, i) => `c${String(i)}`);
  expect(say(issueOfMany('warning', 'dataset/empty-class', names))).toBe(
    '10 classes have no sample: c0, c1, c2, c3, c4, c5, c6, c7, ….',
  );
});

it('names a folder that cannot be read, and counts the others', () => {
  const source = memorySource(pictureTree('/data', { '': { a: 2, b: 3, c: 1 } }));
  const closed = {
    ...source,
    list: (path: string) => {
      if (path === '/data/b') throw Object.assign(new Error('denied'), { code: 'EACCES' });
      return source.list(path);
    },
  };
  const index = scanDatasetSync(closed, '/data');
  expect(index.samples).toBe(3);
  expect(index.classNames).toEqual(['a', 'b', 'c']);
  expect(index.issues).toContainEqual(
    expect.objectContaining({
      code: 'dataset/folder-unreadable',
      severity: 'error',
      path: 'b',
      params: { reason: 'EACCES', path: 'b' },
    }),
  );
});
