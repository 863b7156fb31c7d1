import { expect, it } from 'vitest';
import { packColumns } from '../../../src/profile/packedColumns';
import { decodeNames, nameSearch } from '../../../webview/profile/nameSearch';

/** Names as they come over the wire. */
const pool = (names: readonly string[]) =>
  packColumns({
    names,
    counts: new Float64Array(names.length),
    splitNames: [],
    splitCounts: [],
    images: null,
    bands: new Uint8Array(names.length),
  });

/** Places that are marked, as one text: long lists are compared at once. */
const found = (marks: Uint8Array): string =>
  [...marks.keys()].filter((place) => marks[place] === 1).join();

// Over several stretches: plain ones, some with other scripts, some whose lower case has another length.
const parts = ['', 'a', 'AB', 'ba', 'ß', 'Ä', 'É', '名', '\u{1F600}', '\u{1F600}A', 'Я', 'n7'];
const special = ['İ', 'ΟΔΟΣ', 'Σ'];
const names = Array.from({ length: 50_000 }, (_, i) => {
  if (i < 17_000) return `Class ${i.toString(36)}`;
  const letters = i < 34_000 ? parts : [...parts, ...special];
  return [i, i * 7 + (i >> 5), i * 31 + (i >> 9)].map((n) => letters[n % letters.length]).join('');
});

/** Places of the names that contain a text, compared one by one. */
const lower = names.map((name) => name.toLocaleLowerCase());
const expected = (wanted: string): string =>
  [...names.keys()].filter((place) => lower[place]?.includes(wanted)).join();

it('finds the names that a comparison one by one finds, none across two names', () => {
  const search = nameSearch(pool(names));
  for (const wanted of ['c', 'class z', '7', 'bab', 'ä', 'ßa', '名', '\u{1F600}a', 'i\u0307'])
    expect(found(search.find(wanted)), wanted).toBe(expected(wanted));
  for (const wanted of ['σ', 'οδος', 'я', 'aaaaaaaaaaaaaaaa', 'no such name'])
    expect(found(search.find(wanted)), wanted).toBe(expected(wanted));
});

it('finds the same whether or not it was prepared', () => {
  const [prepared, lazy] = [nameSearch(pool(names)), nameSearch(pool(names))];
  expect(prepared.prepare()).toBe(true);
  const half = nameSearch(pool(names));
  half.prepare();
  let parts = 1;
  while (prepared.prepare()) parts++;
  expect(parts).toBeGreaterThan(2);
  expect(found(prepared.find('ab'))).toBe(found(lazy.find('ab')));
  expect(found(half.find('ab'))).toBe(found(lazy.find('ab')));
});

it('finds nothing among no names, and decodes what was packed', () => {
  expect(nameSearch(pool([])).prepare()).toBe(false);
  expect(nameSearch(pool([])).find('a')).toHaveLength(0);
  expect(found(nameSearch(pool(['', '', 'x', ''])).find('x'))).toBe('2');
  expect(decodeNames(pool(names)).join('\n')).toBe(names.join('\n'));
});
