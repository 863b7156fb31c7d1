import { readHead } from '../bytes/openBytes';
import { isSystemError, issue } from '../issues';
import type { DatasetFormat } from '../types';
import { baseName, join } from './folders';
import { annotationFiles, indexAnnotations, openPictures } from './labelme/annotations';
import { isLabelmeXml, readLabelmeXml } from './labelme/readXml';
import { filePlace } from './records/filePlace';

const headBytes = 64 * 1024;
const fewFiles = 3;

/** `Images/a` for `Annotations/a`: the trees of the tool have the same folders. */
const imageFolder = (folder: string): string =>
  folder.replace(/(^|\/)annotations(?=\/|$)/i, (whole) =>
    whole.replace(/annotations/i, (word) => (word === 'annotations' ? 'images' : 'Images')),
  );

/** Annotations of the older web tool LabelMe: XML in `Annotations`, pictures in `Images`. */
export const labelmeXml: DatasetFormat = {
  id: 'labelme-xml',
  detect: (source, root) => {
    const { folder, files } = annotationFiles(source, root, 'xml');
    const known = files.slice(0, fewFiles).find((file) => {
      try {
        return isLabelmeXml(
          Buffer.from(readHead(source, join(folder, file), headBytes)).toString(),
        );
      } catch (error) {
        if (!isSystemError(error)) throw error;
        return false;
      }
    });
    if (known === undefined) return null;
    const evidence = [issue('info', 'dataset/evidence-file', {}, { path: known })];
    return { format: 'labelme-xml', confidence: 0.93, evidence };
  },
  index: (source, root, _options, sink) => {
    const kind = {
      read: (bytes: Uint8Array) => readLabelmeXml(Buffer.from(bytes).toString('utf8')),
      places: (folder: string, picture: string) => {
        const name = baseName(picture.replaceAll('\\', '/'));
        return [filePlace(imageFolder(folder), name), filePlace(folder, name)];
      },
      byFlags: false,
      classNames: [],
    };
    indexAnnotations(source, annotationFiles(source, root, 'xml'), kind, sink);
  },
  openSamples: openPictures,
};
