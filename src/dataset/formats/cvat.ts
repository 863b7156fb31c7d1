import { LongtailError } from '../../common/errors';
import { openBytes, readHead, withoutGz } from '../bytes/openBytes';
import { isSystemError, issue, reasonOf } from '../issues';
import { knownSplit, noSplit, normaliseSplit } from '../splitNames';
import type { DatasetFormat, FileSource } from '../types';
import { readCvat } from './cvat/read';
import type { CvatFacts } from './cvat/read';
import { extensionOf, folderOf, join, listFolder, rootFolder } from './folders';
import { Pictures } from './labelme/annotations';
import { readImageFile } from './openFileSample';
import { classOrder } from './records/classOrder';
import { filePlace } from './records/filePlace';
import { OutsideNames } from './records/outside';

const headBytes = 64 * 1024;
const maxFiles = 64;

const isXml = (name: string): boolean => extensionOf(withoutGz(name)) === 'xml';

/** Documents of CVAT in the folder; their names, and the folder. */
const documents = (source: FileSource, root: string): { folder: string; files: string[] } => {
  const { folder, only } = rootFolder(source, root);
  const names = only === null ? listFolder(source, folder).files : [only];
  const files = names
    .filter(isXml)
    .slice(0, maxFiles)
    .filter((name) => {
      try {
        const head = Buffer.from(readHead(source, join(folder, name), headBytes)).toString();
        return /<annotations[\s>]/.test(head) && /<(?:version|meta|track|image\s)[^<]*/.test(head);
      } catch (error) {
        if (!isSystemError(error)) throw error;
        return false;
      }
    });
  return { folder, files };
};

const index: DatasetFormat['index'] = (source, root, _options, sink) => {
  const { folder, files } = documents(source, root);
  const pictures = new Pictures(source, folder);
  const [declared, met] = [new Set<string>(), new Set<string>()];
  let hasOutlines = false;
  for (const path of files) {
    const outside = new OutsideNames();
    const container = sink.container(path);
    let [missing, seen] = [0, 0];
    let facts: CvatFacts;
    try {
      const file = openBytes(source, join(folder, path));
      try {
        facts = readCvat(file, ({ kind, name, subset, labels, areas, offset }) => {
          if ((++seen & 0xff) === 0) sink.share(offset / file.size);
          for (const label of labels) met.add(label);
          const ids = labels.map((label) => sink.classId(label));
          const own = subset === '' ? (knownSplit(withoutGz(path)) ?? noSplit) : subset;
          const split = sink.splitId(normaliseSplit(own));
          if (kind === 'track') {
            sink.sample(ids, split, container, '', offset, 0, 0, areas);
            return;
          }
          const places = ['', 'images', join('images', subset)].map((base) =>
            filePlace('', join(base, name)),
          );
          const first = filePlace('', name);
          const place = places.find((each) => each !== null && pictures.has(each)) ?? first;
          if (first === null) outside.note(name);
          const isThere = first !== null && place !== null && pictures.has(place);
          if (first !== null && !isThere) missing++;
          if (isThere)
            sink.sample(ids, split, sink.container(place.folder), place.name, 0, 0, 0, areas);
          else sink.sample(ids, split, container, '', offset, 0, 0, areas);
        });
      } finally {
        file.close();
      }
    } catch (error) {
      if (!isSystemError(error)) throw error;
      sink.issue(issue('error', 'dataset/file-cut', { reason: reasonOf(error) }, { path }));
      continue;
    }
    for (const name of facts.names) declared.add(name);
    hasOutlines ||= facts.hasOutlines;
    if (facts.isCut) sink.issue(issue('error', 'dataset/file-cut', { reason: 'EOF' }, { path }));
    outside.report(sink, path);
    const { hidden } = facts;
    if (missing > 0)
      sink.issue(issue('warning', 'dataset/files-missing', {}, { path, count: missing }));
    if (hidden > 0)
      sink.issue(issue('warning', 'dataset/items-damaged', {}, { path, count: hidden }));
  }
  const rest = classOrder([...met].filter((name) => !declared.has(name)));
  const task = hasOutlines ? 'segmentation' : 'detection';
  sink.describe({ task, modality: 'image', classNames: [...declared, ...rest] });
};

/** CVAT's XML: a picture with its shapes a sample, or a track of a video. */
export const cvat: DatasetFormat = {
  id: 'cvat',
  detect: (source, root) => {
    const [path] = documents(source, root).files;
    if (path === undefined) return null;
    const evidence = [issue('info', 'dataset/evidence-file', {}, { path })];
    return { format: 'cvat', confidence: 0.94, evidence };
  },
  index,
  openSamples: (source, root) => ({
    readSample: ({ path }) => {
      // What lies in the document alone, a track or a picture that is missing.
      if (isXml(path))
        throw new LongtailError('dataset/sample-unreadable', { path, reason: 'ENOENT' });
      return readImageFile(
        source,
        join(source.stat(root).kind === 'file' ? folderOf(root) : root, path),
      );
    },
    close: () => undefined,
  }),
};
