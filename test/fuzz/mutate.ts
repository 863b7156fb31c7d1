import { gunzipSync, gzipSync } from 'node:zlib';
import type { Random } from '../../src/common/random';

/** What readers have been broken with before: each is put into a file as it stands. */
const tokens: readonly Uint8Array[] = [
  '\0',
  '\0\0\0\0\0\0\0\0',
  '\ufeff',
  '\r\n',
  '\r',
  '"',
  "'",
  ',,,,,,,,',
  '\\u0000',
  '\\',
  '__proto__',
  'constructor',
  'toString',
  '<script>alert(1)</script>',
  '\u202egnp.exe',
  '../../../../etc/passwd',
  '/etc/passwd',
  'C:\\Windows\\system.ini',
  '-1',
  '1e999',
  'NaN',
  '9007199254740993',
  '99999999999999999999999999',
  '0x41',
  '{'.repeat(3000),
  '['.repeat(3000),
  '{"a":'.repeat(1000),
  '<a>'.repeat(1000),
  '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>&c;',
  '&lt;&amp;&#x41;&#999999999;',
  '!!js/function "function(){}"',
  '!!python/object/apply:os.system ["true"]',
  '&a [*a, *a]',
  'download: https://example.invalid/x.zip',
  'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n',
  'cos\nsystem\n(S"true"\ntR.',
  'A'.repeat(70000),
  '\n'.repeat(500),
  'é',
].map((text) => new TextEncoder().encode(text));
const bytes: readonly Uint8Array[] = [
  Uint8Array.of(0xff),
  Uint8Array.of(0xff, 0xff, 0xff, 0xff),
  Uint8Array.of(0xff, 0xff, 0xff, 0x7f),
  Uint8Array.of(0x80, 0, 0, 0, 0, 0, 0, 0),
  Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f),
  Uint8Array.of(0xc3, 0x28),
  Uint8Array.of(0xed, 0xa0, 0x80),
  Uint8Array.of(0xfe, 0xff),
  Uint8Array.of(0xff, 0xfe),
  Uint8Array.of(0x1f, 0x8b, 0x08, 0x00),
  Uint8Array.of(0x80, 0x02),
];

const join = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

type Change = (file: Uint8Array, random: Random) => Uint8Array;

const span = (file: Uint8Array, random: Random): [number, number] => {
  const start = random.nextInt(file.length + 1);
  const length = random.nextInt(Math.min(file.length - start, 1 << random.nextInt(10)) + 1);
  return [start, start + length];
};

const one = <T>(list: readonly T[], random: Random): T => {
  const item = list[random.nextInt(list.length)];
  if (item === undefined) throw new Error('an empty list has no item');
  return item;
};

const insert = (file: Uint8Array, at: number, what: Uint8Array): Uint8Array =>
  join(file.subarray(0, at), what, file.subarray(at));

const changes: readonly Change[] = [
  // Bits and bytes.
  (file, random) => {
    const copy = file.slice();
    if (copy.length === 0) return copy;
    for (let n = 1 << random.nextInt(4); n > 0; n--) {
      const at = random.nextInt(copy.length);
      copy[at] = (copy[at] ?? 0) ^ (1 << random.nextInt(8));
    }
    return copy;
  },
  (file, random) => {
    const copy = file.slice();
    if (copy.length > 0) copy[random.nextInt(copy.length)] = random.nextInt(256);
    return copy;
  },
  // Truncation, and the head of small files most of all.
  (file, random) => file.slice(0, random.nextInt(file.length + 1)),
  (file, random) => file.slice(0, random.nextInt(Math.min(file.length, 64) + 1)),
  (file, random) => file.slice(random.nextInt(file.length + 1)),
  // A part lost, repeated, or moved.
  (file, random) => {
    const [start, end] = span(file, random);
    return join(file.subarray(0, start), file.subarray(end));
  },
  (file, random) => {
    const [start, end] = span(file, random);
    const part = file.subarray(start, end);
    const many = Array.from({ length: 1 + random.nextInt(20) }, () => part);
    return insert(file, start, join(...many));
  },
  (file, random) => {
    const [start, end] = span(file, random);
    const rest = join(file.subarray(0, start), file.subarray(end));
    return insert(rest, random.nextInt(rest.length + 1), file.subarray(start, end));
  },
  // Known trouble.
  (file, random) => insert(file, random.nextInt(file.length + 1), one(tokens, random)),
  (file, random) => insert(file, random.nextInt(file.length + 1), one(bytes, random)),
  (file, random) => insert(file, 0, one(random.nextInt(2) === 0 ? tokens : bytes, random)),
  (file, random) => {
    const copy = file.slice();
    const what = one(bytes, random);
    const at = random.nextInt(copy.length + 1);
    copy.set(what.subarray(0, Math.max(0, copy.length - at)), at);
    return copy;
  },
  // Digits become others: ids, counts, lengths and coordinates in text.
  (file, random) => {
    const places: number[] = [];
    file.forEach((byte, at) => {
      if (byte >= 0x30 && byte <= 0x39) places.push(at);
    });
    const at = places[random.nextInt(places.length + 1)];
    if (at === undefined) return file;
    const copy = file.slice();
    copy[at] = 0x30 + random.nextInt(10);
    return random.nextInt(3) === 0 ? insert(copy, at, Buffer.from('99999999')) : copy;
  },
  // Empty, noise, and other encodings.
  () => new Uint8Array(),
  (_, random) => Uint8Array.from({ length: random.nextInt(300) }, () => random.nextInt(256)),
  (file) => join(Uint8Array.of(0xff, 0xfe), Buffer.from(Buffer.from(file).toString(), 'utf16le')),
  (file) => new Uint8Array(Buffer.from(Buffer.from(file).toString('utf8'), 'latin1')),
  (file) => new Uint8Array(Buffer.from(Buffer.from(file).toString().replaceAll('\n', '\r\n'))),
  (file) => new Uint8Array(gzipSync(file, { level: 1 })),
];

/** Changes the content under gzip, where a file is that; else null. */
const insideGzip = (file: Uint8Array, random: Random): Uint8Array | null => {
  if (file[0] !== 0x1f || file[1] !== 0x8b) return null;
  try {
    const inner = gunzipSync(file, { maxOutputLength: 1 << 24 });
    return new Uint8Array(gzipSync(one(changes, random)(new Uint8Array(inner), random)));
  } catch {
    return null;
  }
};

const change = (file: Uint8Array, random: Random): Uint8Array => {
  const inner = random.nextInt(2) === 0 ? insideGzip(file, random) : null;
  return inner ?? one(changes, random)(file, random);
};

const oddNames = ['__proto__', 'constructor', '<script>', '\u202egpj', 'a\nb', ' ', 'é', 'e\u0301'];

/** Files that were lost, doubled, renamed, exchanged, or whose folder has an odd name. */
const changeTree = (tree: Map<string, Uint8Array>, random: Random): void => {
  const paths = [...tree.keys()];
  const path = one(paths, random);
  const file = tree.get(path) ?? new Uint8Array();
  const folder = path.slice(0, path.lastIndexOf('/'));
  const name = path.slice(folder.length + 1);
  switch (random.nextInt(6)) {
    case 0:
      if (paths.length > 1) tree.delete(path);
      return;
    case 1:
      tree.set(`${folder}/${one(oddNames, random)}${name}`, file);
      return;
    case 2:
      tree.set(`${folder}/${one(oddNames, random)}/${name}`, file);
      return;
    case 3: {
      const other = one(paths, random);
      tree.set(path, tree.get(other) ?? file);
      tree.set(other, file);
      return;
    }
    case 4:
      tree.delete(path);
      tree.set(`${folder}/${name.toUpperCase()}`, file);
      return;
    default:
      tree.set(`${folder}/${'x'.repeat(200)}.${name.split('.').pop() ?? ''}`, file);
  }
};

/** A copy of the files with one to three changes: mostly of contents, sometimes of the tree. */
export const mutate = (
  files: ReadonlyMap<string, Uint8Array>,
  random: Random,
): Map<string, Uint8Array> => {
  const tree = new Map(files);
  for (let n = 1 + random.nextInt(3); n > 0; n--) {
    if (random.nextInt(5) === 0) changeTree(tree, random);
    else {
      const path = one([...tree.keys()], random);
      tree.set(path, change(tree.get(path) ?? new Uint8Array(), random));
    }
  }
  return tree;
};
