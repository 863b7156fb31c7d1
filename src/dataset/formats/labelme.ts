import { LongtailError } from '../../common/errors';
import { isSystemError, issue } from '../issues';
import type { DatasetFormat, FileSource } from '../types';
import { join } from './folders';
import type { Annotation } from './labelme/annotation';
import {
  annotationFiles,
  indexAnnotations,
  openPictures,
  placesByPath,
  wholeFile,
} from './labelme/annotations';
import type { AnnotationFiles } from './labelme/annotations';
import { readLabelmeJson } from './labelme/readJson';

const [shapes, flags] = ['shapes', 'flags'];
/** Files looked at: to know the format, and to know which labels it has. */
const [fewFiles, someFiles] = [3, 64];
const maxNames = 1 << 20;

/** The first annotations; files that are none, or cannot be read, are passed over. */
const firstOf = (
  source: FileSource,
  { folder, files }: AnnotationFiles,
  count: number,
): readonly Annotation[] =>
  files.slice(0, count).flatMap((file) => {
    try {
      return readLabelmeJson(wholeFile(source, join(folder, file))) ?? [];
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return [];
    }
  });

/** `labels.txt` as the tool is started with: its names in brackets and underscores stand for none. */
const declaredNames = (source: FileSource, folder: string): readonly string[] => {
  try {
    const lines = source.readText(join(folder, 'labels.txt'), maxNames).split(/\r?\n/);
    const names = lines.map((line) => line.trim());
    return [
      ...new Set(names.filter((name) => name !== '' && !/^_+(?:ignore|background)_+$/.test(name))),
    ];
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
};

/**
 * Annotations of LabelMe, a JSON file a picture. The shapes are the labels (`shapes`), or the flags
 * of the picture (`flags`) where the user names these or the first files have no shape.
 */
export const labelme: DatasetFormat = {
  id: 'labelme',
  detect: (source, root) => {
    const found = annotationFiles(source, root, 'json');
    const [first] = firstOf(source, found, fewFiles);
    if (first === undefined || first.picture === null) return null;
    const evidence = [issue('info', 'dataset/evidence-file', {}, { path: found.files[0] ?? '' })];
    return { format: 'labelme', confidence: 0.9, evidence };
  },
  index: (source, root, { labelColumn }, sink) => {
    const found = annotationFiles(source, root, 'json');
    const first = firstOf(source, found, someFiles);
    const hasShapes = first.some(({ labels }) => labels.length > 0);
    const hasFlags = first.some((each) => each.flags.length > 0);
    if (labelColumn !== undefined && labelColumn !== shapes && labelColumn !== flags)
      throw new LongtailError('dataset/column-missing', {
        path: found.files[0] ?? '',
        column: labelColumn,
        columns: [shapes, flags],
      });
    const byFlags = labelColumn === undefined ? hasFlags && !hasShapes : labelColumn === flags;
    if (hasShapes && hasFlags) {
      const [chosen, other] = byFlags ? [flags, shapes] : [shapes, flags];
      sink.issue(issue('info', 'dataset/label-sets', { chosen, others: [other] }));
    }
    const classNames = byFlags ? [] : declaredNames(source, found.folder);
    const kind = { read: readLabelmeJson, places: placesByPath, byFlags, classNames };
    indexAnnotations(source, found, kind, sink);
  },
  openSamples: openPictures,
};
