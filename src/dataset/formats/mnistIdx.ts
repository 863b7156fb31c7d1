import { LongtailError } from '../../common/errors';
import { issue, issueOfMany, reasonOf } from '../issues';
import type { DatasetFormat, FileSource, IndexSink, Sample, SampleLocator } from '../types';
import { baseName, folderOf, join } from './folders';
import { measureIdx, parseIdxHeader, readIdxHeader, readIdxLabels, readInflated } from './idxFile';
import type { IdxHeader } from './idxFile';
import { findIdxSets } from './idxFiles';
import type { IdxPair, IdxSet } from './idxFiles';

/**
 * Names from EMNIST's mapping file: lines of a label and one or more character codes, the first
 * of which is the name. Null where two labels would get one name or a line is anything else.
 */
export const parseMapping = (text: string): ReadonlyMap<number, string> | null => {
  const names = new Map<number, string>();
  for (const line of text.split(/\r?\n/).filter((row) => row.trim() !== '')) {
    const [label, code] = line.trim().split(/\s+/).map(Number);
    if (label === undefined || code === undefined) return null;
    // Labels are bytes: a larger number would ask for as many classes.
    if (!Number.isInteger(label) || label < 0 || label > 255) return null;
    if (!Number.isInteger(code) || code < 33 || code > 0x10ffff) return null;
    names.set(label, String.fromCodePoint(code));
  }
  return names.size > 0 && new Set(names.values()).size === names.size ? names : null;
};

const readMapping = (
  source: FileSource,
  folder: string,
  set: IdxSet,
  sink: IndexSink,
): ReadonlyMap<number, string> | null => {
  if (set.mapping === null) return null;
  const path = join(folder, set.mapping);
  try {
    const names = parseMapping(source.readText(path, 1 << 20));
    if (names === null)
      sink.issue(issue('warning', 'dataset/idx-mapping', {}, { path: set.mapping }));
    return names;
  } catch (error) {
    const reason = reasonOf(error);
    sink.issue(issue('warning', 'dataset/file-unreadable', { reason }, { path: set.mapping }));
    return null;
  }
};

interface ReadPair {
  readonly pair: IdxPair;
  readonly labels: Uint8Array;
  readonly header: IdxHeader | null;
}

/** Labels of a pair, as many as have an image, with an issue for everything that does not agree. */
const readPair = (
  source: FileSource,
  folder: string,
  pair: IdxPair,
  sink: IndexSink,
): ReadPair | null => {
  const read = readIdxLabels(source, join(folder, pair.labels));
  if (read === null) {
    sink.issue(issue('error', 'dataset/idx-not-labels', {}, { path: pair.labels }));
    return null;
  }
  const damaged = (path: string, detail: string): void =>
    sink.issue(issue('error', 'dataset/idx-damaged', { detail }, { path }));
  if (read.damage !== undefined) damaged(pair.labels, read.damage);
  if (pair.images === null) return { pair, labels: read.labels, header: null };
  const images = measureIdx(source, join(folder, pair.images));
  if (images === null || images.header.dims.length !== 3) {
    sink.issue(issue('error', 'dataset/idx-not-images', {}, { path: pair.images }));
    return { pair: { ...pair, images: null }, labels: read.labels, header: null };
  }
  if (images.damage !== undefined) damaged(pair.images, images.damage);
  if (images.items !== read.labels.length)
    sink.issue(
      issue(
        'error',
        'dataset/idx-counts-differ',
        { labels: read.labels.length, images: images.items, labelFile: pair.labels },
        { path: pair.images },
      ),
    );
  return { pair, labels: read.labels.subarray(0, images.items), header: images.header };
};

const writePair = (
  { pair, labels, header }: ReadPair,
  ids: readonly number[],
  prefix: string,
  sink: IndexSink,
): void => {
  const split = sink.splitId(pair.split);
  const container = sink.container(join(prefix, pair.images ?? pair.labels));
  const itemBytes = header?.itemBytes ?? 1;
  const start = header?.start ?? 8;
  labels.forEach((label, item) => {
    sink.sample([ids[label] ?? 0], split, container, '', start + item * itemBytes, itemBytes);
  });
};

const index: DatasetFormat['index'] = (source, root, _options, sink) => {
  const { folder, sets } = findIdxSets(source, root);
  const [set, ...others] = sets;
  sink.describe({ task: 'single-label', modality: 'image' });
  if (set === undefined) return;
  if (others.length > 0) {
    const names = others.map(({ name }) => name);
    sink.issue(issueOfMany('warning', 'dataset/several-sets', names, { chosen: set.name }));
  }
  for (const path of set.unpaired)
    sink.issue(issue('warning', 'dataset/idx-no-labels', {}, { path }));
  const pairs = set.pairs.flatMap((pair) => readPair(source, folder, pair, sink) ?? []);
  const mapping = readMapping(source, folder, set, sink);
  const top = pairs.reduce((most, { labels }) => labels.reduce((a, b) => Math.max(a, b), most), -1);
  const last = Math.max(top, ...(mapping?.keys() ?? []));
  // EMNIST's letters begin at 1: without a name for it, 0 is no class where it never occurs.
  const first = mapping === null ? 0 : Math.min(...mapping.keys());
  const name = (label: number): string => mapping?.get(label) ?? String(label);
  const used = new Set(pairs.flatMap(({ labels }) => [...new Set(labels)]));
  const listed = Array.from({ length: last + 1 }, (_, label) => label).filter(
    (label) => label >= first || used.has(label),
  );
  const hasImages = pairs.some(({ header }) => header !== null);
  sink.describe({
    task: 'single-label',
    modality: hasImages ? 'image' : 'none',
    classNames: listed.map(name),
  });
  const ids = Array.from({ length: last + 1 }, (_, label) =>
    listed.includes(label) ? sink.classId(name(label)) : 0,
  );
  const prefix = folder === root ? '' : folder.startsWith(`${root}/`) ? baseName(folder) : '';
  pairs.forEach((pair, done) => {
    writePair(pair, ids, prefix, sink);
    sink.share((done + 1) / pairs.length);
  });
};

/** Bytes of one image file, kept while samples are read. */
interface OpenImages {
  readonly header: IdxHeader | null;
  read(offset: number, length: number): Uint8Array;
  close(): void;
}

const openImages = (source: FileSource, path: string): OpenImages => {
  const header = readIdxHeader(source, path);
  if (path.toLowerCase().endsWith('.gz')) {
    const bytes = readInflated(source, path);
    return {
      header: parseIdxHeader(bytes),
      read: (offset, length) => bytes.subarray(offset, offset + length),
      close: () => undefined,
    };
  }
  const file = source.open(path);
  return {
    header,
    read: (offset, length) => file.read(offset, length),
    close: () => file.close(),
  };
};

/** EMNIST stores its pictures with rows and columns exchanged. */
const transpose = (data: Uint8Array, width: number, height: number): Uint8Array => {
  const turned = new Uint8Array(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) turned[x * height + y] = data[y * width + x] ?? 0;
  return turned;
};

const openSamples: DatasetFormat['openSamples'] = (source, root) => {
  const folder = source.stat(root).kind === 'file' ? folderOf(root) : root;
  const opened = new Map<string, OpenImages>();
  const readSample = (locator: SampleLocator): Sample => {
    const fail = (reason: string, cause?: unknown): LongtailError =>
      new LongtailError('dataset/sample-unreadable', { path: locator.path, reason }, { cause });
    let images = opened.get(locator.path);
    if (images === undefined) {
      try {
        images = openImages(source, join(folder, locator.path));
      } catch (error) {
        throw fail(reasonOf(error), error);
      }
      opened.set(locator.path, images);
    }
    const [, rows, columns] = images.header?.dims ?? [];
    if (rows === undefined || columns === undefined) throw fail('IDX');
    const data = images.read(locator.offset, locator.length);
    if (data.length !== rows * columns) throw fail(`${String(data.length)} bytes`);
    if (!baseName(locator.path).toLowerCase().startsWith('emnist'))
      return { kind: 'pixels', width: columns, height: rows, channels: 1, data };
    const turned = transpose(data, columns, rows);
    return { kind: 'pixels', width: rows, height: columns, channels: 1, data: turned };
  };
  return {
    readSample,
    close: () => {
      for (const images of opened.values()) images.close();
      opened.clear();
    },
  };
};

/**
 * MNIST and its kin: `train-labels-idx1-ubyte` with `train-images-idx3-ubyte` beside it, raw or
 * gzip. Classes are the numbers from 0 to the largest label, or the characters of a mapping file.
 */
export const mnistIdx: DatasetFormat = {
  id: 'mnist-idx',
  detect: (source, root) => {
    const { folder, sets } = findIdxSets(source, root);
    for (const { pairs } of sets)
      for (const { labels } of pairs)
        if (readIdxHeader(source, join(folder, labels))?.dims.length === 1)
          return {
            format: 'mnist-idx',
            confidence: 0.95,
            evidence: [issue('info', 'dataset/evidence-idx', {}, { path: labels })],
          };
    return null;
  },
  index,
  openSamples,
};
