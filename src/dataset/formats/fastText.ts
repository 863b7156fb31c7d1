import { LongtailError } from '../../common/errors';
import { LineReader } from '../bytes/lineReader';
import { openBytes, readHead, withoutGz } from '../bytes/openBytes';
import { isSystemError, issue, issueOfMany, reasonOf } from '../issues';
import { RowsOut } from '../rowBatch';
import { knownSplit, noSplit } from '../splitNames';
import type { DatasetFormat, FileSource, IndexSink, OpenFile } from '../types';
import { extensionOf, join, listFolder, rootFolder } from './folders';
import { openFiles } from './openFiles';
import { isFastText, lineLabels, lineText } from './fastText/line';
import { classOrder } from './records/classOrder';

const headBytes = 64 * 1024;
const [maxFiles, linesPerPart] = [64, 4096];
const endings: ReadonlySet<string> = new Set('train valid test txt ft'.split(' '));
const column = 'text';

interface TextFiles {
  readonly folder: string;
  readonly files: readonly { readonly file: string; readonly split: string }[];
  readonly skipped: readonly string[];
}

/** Files of labelled lines: those with a split in their name, else the first. */
const findFiles = (source: FileSource, root: string): TextFiles => {
  const { folder, only } = rootFolder(source, root);
  const names =
    only === null
      ? listFolder(source, folder).files.filter((name) => endings.has(extensionOf(withoutGz(name))))
      : [only];
  const found = names.slice(0, maxFiles).filter((name) => {
    try {
      return isFastText(readHead(source, join(folder, name), headBytes));
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return false;
    }
  });
  const parts = found.filter((name) => knownSplit(withoutGz(name)) !== null);
  const chosen = parts.length > 0 ? parts : found.slice(0, 1);
  return {
    folder,
    files: chosen.map((file) => ({ file, split: knownSplit(withoutGz(file)) ?? noSplit })),
    skipped: found.filter((name) => !chosen.includes(name)),
  };
};

/** Reads one file into the sink; true where any line has several labels. */
const readFile = (
  file: OpenFile,
  path: string,
  split: number,
  sink: IndexSink,
  idOf: (name: string) => number,
): boolean => {
  const out = new RowsOut(sink, sink.container(path));
  const reader = new LineReader(file);
  let several = false;
  let empty = 0;
  let firstEmpty = 0;
  while (reader.read()) {
    const { bytes, start, end } = reader;
    if (end - start < 2 && lineText(bytes.toString('latin1', start, end)) === '') continue;
    const { labels, hasEmpty } = lineLabels(bytes, start, end);
    if (hasEmpty && empty++ === 0) firstEmpty = reader.line;
    several ||= labels.length > 1;
    out.row(labels.map(idOf), split, reader.offset, end - start, reader.digest());
    if (reader.line % linesPerPart === 0) sink.share(reader.offset / file.size);
  }
  out.flush();
  const place = { path, line: firstEmpty, count: empty };
  if (empty > 0) sink.issue(issue('warning', 'dataset/lines-damaged', {}, place));
  const count = reader.tooLong;
  if (count > 0) sink.issue(issue('warning', 'dataset/lines-long', {}, { path, count }));
  return several;
};

const index: DatasetFormat['index'] = (source, root, _options, sink) => {
  const { folder, files, skipped } = findFiles(source, root);
  if (skipped.length > 0) sink.issue(issueOfMany('info', 'dataset/tables-skipped', skipped));
  const ids = new Map<string, number>();
  const idOf = (name: string): number => {
    const id = ids.get(name) ?? sink.classId(name);
    ids.set(name, id);
    return id;
  };
  let several = false;
  for (const { file: path, split } of files) {
    let file: OpenFile | undefined;
    try {
      file = openBytes(source, join(folder, path));
      if (readFile(file, path, sink.splitId(split), sink, idOf)) several = true;
    } catch (error) {
      if (!isSystemError(error)) throw error;
      const code = file === undefined ? 'dataset/file-unreadable' : 'dataset/file-cut';
      sink.issue(issue('error', code, { reason: reasonOf(error) }, { path }));
    } finally {
      file?.close();
    }
  }
  const task = several ? 'multi-label' : 'single-label';
  sink.describe({ task, modality: 'text', classNames: classOrder([...ids.keys()]) });
};

const openSamples: DatasetFormat['openSamples'] = (source, root) => {
  const { folder, files } = findFiles(source, root);
  const { open, close } = openFiles(source, folder);
  return {
    rows: {
      columns: [column],
      decimalComma: false,
      read: (each) => {
        let row = 0;
        for (const { file } of files) {
          const reader = new LineReader(open(file));
          while (reader.read()) {
            const { bytes, start, end } = reader;
            const text = (): string => lineText(bytes.toString('utf8', start, end));
            if (end - start < 2 && text() === '') continue;
            if (!each(row++, text, true)) return;
          }
        }
      },
    },
    readSample: ({ path, offset, length }) => {
      const bytes = open(path).read(offset, length);
      if (bytes.length < length)
        throw new LongtailError('dataset/sample-unreadable', { path, reason: 'EOF' });
      return { kind: 'row', values: { [column]: lineText(Buffer.from(bytes).toString('utf8')) } };
    },
    close,
  };
};

/** Texts for fastText: a line each, its labels the words that begin with `__label__`. */
export const fastText: DatasetFormat = {
  id: 'fasttext',
  detect: (source, root) => {
    const [first] = findFiles(source, root).files;
    if (first === undefined) return null;
    const evidence = [issue('info', 'dataset/evidence-file', {}, { path: first.file })];
    return { format: 'fasttext', confidence: 0.94, evidence };
  },
  index,
  openSamples,
};
