import { inOrder } from '../crew/crew';
import { issue, issueOfMany } from '../issues';
import { knownSplit, noSplit } from '../splitNames';
import type { AreaClass, DatasetFormat, FileSource } from '../types';
import { folderOf, isImageName, join, listFolder, rootFolder } from './folders';
import { readImageFile } from './openFileSample';
import { readImageSets } from './records/imageSets';
import { fileStates, vocObjects } from './voc/vocObjects';
import type { VocFiles } from './voc/vocObjects';

/** Annotations that are read in one go. */
const atOnce = 256;

/** Annotations of one folder, the folder of their pictures, and the split its name says. */
interface Place {
  readonly folder: string;
  readonly files: readonly string[];
  readonly pictures: readonly string[];
  readonly pictureFolder: string;
  readonly split: string;
}

const areaClasses: readonly AreaClass[] = [0, 1, 2, 3];
const areaOf = (value: number | undefined): AreaClass => areaClasses[value ?? 0] ?? 0;

const isXml = (name: string): boolean => /\.xml$/i.test(name);
const bare = (name: string): string => name.replace(/\.[^.]*$/, '');

const names = (source: FileSource, path: string): readonly string[] => {
  try {
    return listFolder(source, path).files;
  } catch {
    return [];
  }
};

const findPlaces = (source: FileSource, folder: string): readonly Place[] => {
  const found: Place[] = [];
  const look = (base: string, files: readonly string[], folders: readonly string[]): void => {
    const split = knownSplit(base) ?? noSplit;
    const xml = folders.find((name) => name.toLowerCase() === 'annotations');
    const inside = xml === undefined ? files : names(source, join(folder, base, xml));
    const annotations = inside.filter(isXml);
    if (annotations.length === 0) return;
    const images = folders.find((name) => /^(jpegimages|images?)$/i.test(name));
    const pictureFolder = join(base, xml === undefined ? '' : (images ?? xml));
    const pictures = names(source, join(folder, pictureFolder)).filter(isImageName);
    found.push({
      folder: join(base, xml ?? ''),
      files: annotations,
      pictures,
      pictureFolder,
      split,
    });
  };
  const top = listFolder(source, folder);
  look('', top.files, top.folders);
  if (found.length === 0)
    for (const base of top.folders.filter((name) => knownSplit(name) !== null)) {
      const inside = listFolder(source, join(folder, base));
      look(base, inside.files, inside.folders);
    }
  return found;
};

const index: DatasetFormat['index'] = (source, root, _options, sink) => {
  const { folder } = rootFolder(source, root);
  sink.describe({ task: 'detection', modality: 'image' });
  const places = findPlaces(source, folder);
  const sets = readImageSets(source, join(folder, 'ImageSets/Main'));
  const total = places.reduce((sum, { files }) => sum + files.length, 0);
  const damaged: string[] = [];
  let difficult = 0;
  let done = 0;
  for (const place of places) {
    const byName = new Map(place.pictures.map((name) => [bare(name), name]));
    const container = sink.container(place.pictureFolder);
    const { files } = place;
    const inputs = function* (): Iterable<VocFiles> {
      for (let at = 0; at < files.length; at += atOnce)
        yield {
          folder: join(folder, place.folder),
          names: files.slice(at, at + atOnce).join('/'),
        };
    };
    let first = 0;
    for (const read of inOrder(source, vocObjects, inputs())) {
      let object = 0;
      read.states.forEach((state, at) => {
        const file = files[first + at] ?? '';
        if (state !== fileStates.whole) damaged.push(join(place.folder, file));
        if (state === fileStates.unread) return;
        const labels: number[] = [];
        const areas: AreaClass[] = [];
        for (const end = object + (read.counts[at] ?? 0); object < end; object++) {
          labels.push(sink.classId(read.classes[read.classIds[object] ?? 0] ?? ''));
          areas.push(areaOf(read.areas[object]));
        }
        const split = sink.splitId(sets.get(bare(file)) ?? place.split);
        // The tag is often wrong: the picture is the one named like the annotation.
        const picture = byName.get(bare(file)) ?? `${bare(file)}.jpg`;
        sink.sample(labels, split, container, picture, 0, 0, 0, areas);
      });
      difficult += read.difficult;
      first += read.states.length;
      sink.share((done += read.states.length) / total);
    }
  }
  if (damaged.length > 0) sink.issue(issueOfMany('warning', 'dataset/voc-damaged', damaged));
  if (difficult > 0) sink.issue(issue('info', 'dataset/voc-difficult', {}, { count: difficult }));
};

/**
 * Pascal VOC: an XML file a picture, in `Annotations` or beside the pictures, with the lists of
 * `ImageSets/Main` or split folders. Objects marked difficult are told and not counted, as in VOC.
 */
export const voc: DatasetFormat = {
  id: 'voc',
  detect: (source, root) => {
    if (source.stat(root).kind === 'file') return null;
    const [place] = findPlaces(source, root);
    const file = place?.files[0];
    if (place === undefined || file === undefined) return null;
    const path = join(place.folder, file);
    const head = source.readText(join(root, path), 8192);
    if (!/<annotation[\s>]/.test(head) || !/<(object|filename|size)[\s>]/.test(head)) return null;
    const evidence = [issue('info', 'dataset/evidence-file', {}, { path })];
    return { format: 'voc', confidence: 0.9, evidence };
  },
  index,
  openSamples: (source, root) => ({
    readSample: ({ path }) =>
      readImageFile(source, join(source.stat(root).kind === 'file' ? folderOf(root) : root, path)),
    close: () => undefined,
  }),
};
