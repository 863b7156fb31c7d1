import { LineReader } from '../../bytes/lineReader';
import { isSystemError, issue, reasonOf } from '../../issues';
import type { FileSource, IndexSink } from '../../types';
import { baseName, folderOf, isImageName, join } from '../folders';
import { classOrder } from '../records/classOrder';
import { classFolder } from './lists';
import type { Lists } from './lists';
import { findPictureRoot } from './pictureRoot';
import { readList, reportOddities } from './read';

/** VGGFace2's table of who the folders are: `n000001, "Name", …`. */
const namesFile = 'identity_meta.csv';
const maxNames = 1 << 20;
const maxCells = 1000;
const endingBytes = 16;

/** The path that a line consists of; null where it names no picture. */
const pathLine = (
  bytes: Uint8Array,
  begin: number,
  to: number,
): { readonly start: number; readonly nameEnd: number } | null => {
  let start = begin;
  let nameEnd = to;
  while (nameEnd > start && (bytes[nameEnd - 1] ?? 0) <= 0x20) nameEnd--;
  while (start < nameEnd && (bytes[start] ?? 0) <= 0x20) start++;
  // The ending is enough to tell a picture.
  const from = Math.max(start, nameEnd - endingBytes);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, nameEnd - from);
  return isImageName(text.toString('latin1')) ? { start, nameEnd } : null;
};

/** Names of class folders, where a table beside the lists says them; names twice get the folder's. */
const readNames = (
  source: FileSource,
  folder: string,
  base: string,
): ReadonlyMap<string, string> => {
  const names = new Map<string, string>();
  const times = new Map<string, number>();
  for (const place of new Set([base, '', 'meta'])) {
    if (names.size > 0) break;
    try {
      const file = source.open(join(folder, place, namesFile));
      try {
        const lines = new LineReader(file);
        while (names.size < maxNames && lines.read()) {
          const text = lines.bytes.toString(
            'utf8',
            lines.start,
            Math.min(lines.end, lines.start + maxCells),
          );
          const [, id, quoted, plain] =
            /^\uFEFF?\s*"?([^",]+?)"?\s*,\s*(?:"([^"]*)"|([^",]*))/.exec(text) ?? [];
          const name = (quoted ?? plain ?? '').trim();
          if (id === undefined || name === '' || id === 'Class_ID') continue;
          names.set(id, name);
          times.set(name, (times.get(name) ?? 0) + 1);
        }
      } finally {
        file.close();
      }
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  }
  for (const [id, name] of names) if ((times.get(name) ?? 0) > 1) names.set(id, `${name} (${id})`);
  return names;
};

/** Lists of pictures alone: the folder that a picture lies directly in is its class. */
export const indexPaths = (
  source: FileSource,
  { folder, base, lists }: Lists,
  sink: IndexSink,
): void => {
  sink.describe({ task: 'single-label', modality: 'image' });
  const names = readNames(source, folder, base);
  const classes = new Set<string>();
  lists.forEach(({ path: list, split: splitName, some }, done) => {
    const place = findPictureRoot(source, folder, base, some.slice(0, 40));
    if (place === null)
      sink.issue(issue('warning', 'dataset/listed-not-found', {}, { path: list }));
    const split = sink.splitId(splitName);
    try {
      // Lists are mostly in the order of the folders.
      let last = { in: '\0', container: 0, labels: [] as readonly number[] };
      const odd = readList(source, join(folder, list), sink, pathLine, (path) => {
        const inFolder = folderOf(path);
        if (inFolder !== last.in) {
          const own = classFolder(path);
          const name = names.get(own) ?? own;
          if (name !== '') classes.add(name);
          last = {
            in: inFolder,
            container: sink.container(join(place ?? '', inFolder)),
            labels: name === '' ? [] : [sink.classId(name)],
          };
        }
        sink.sample(last.labels, split, last.container, baseName(path), 0, 0);
      });
      reportOddities(odd, list, sink);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      const reason = reasonOf(error);
      sink.issue(issue('error', 'dataset/file-unreadable', { reason }, { path: list }));
    }
    sink.share((done + 1) / lists.length);
  });
  sink.describe({ task: 'single-label', modality: 'image', classNames: classOrder([...classes]) });
};
