import { knownSplit, noSplit } from '../../splitNames';
import type { FileSource } from '../../types';
import { hasEnding, isImageName, join, listFolder, sift } from '../folders';
import type { Listing } from '../folders';

/** Label files of one folder, and the folder of their pictures. */
export interface RowPlace {
  /** Below the dataset's folder. */
  readonly folder: string;
  readonly files: readonly string[];
  readonly pictures: string;
  /** Name of the picture of a name without ending. Its folder is gone through once, when first asked. */
  readonly pictureOf: (stem: string) => string | undefined;
  readonly split: string;
  /** Name of the folder that makes these labels: "label_2", "labelTxt-v1.5"; '.' beside pictures. */
  readonly set: string;
}

/** How the folders of labels and of pictures are named. */
export interface RowLayout {
  readonly isLabels: (name: string) => boolean;
  readonly isPictures: (name: string) => boolean;
}

const maxLevels = 2;
const beside = '.';
/** Folders with more are class folders, and are not walked. */
const maxFolders = 24;
const noLabels = /^(?:classes|labels?|readme.*|train|val|valid|test|trainval)\.txt$/i;

/** A name without its ending. */
export const bare = (name: string): string => name.replace(/\.[^.]*$/, '');

const nothing: Listing = { files: [], folders: [], broken: [] };

/** The split that a folder on the way says, the nearest first. */
const splitOf = (folder: string): string =>
  folder
    .split('/')
    .reverse()
    .map(knownSplit)
    .find((split) => split !== null) ?? noSplit;

/** The label files of a dataset, a text file a picture, in folders of their own or beside. */
export const findRowPlaces = (
  source: FileSource,
  root: string,
  { isLabels, isPictures }: RowLayout,
): readonly RowPlace[] => {
  const found: RowPlace[] = [];
  const list = (path: string): Listing => {
    try {
      return listFolder(source, join(root, path));
    } catch {
      return nothing;
    }
  };
  const put = (folder: string, texts: readonly string[], pictures: string, set: string): void => {
    if (texts.length === 0) return;
    let known: ReadonlyMap<string, string> | undefined;
    const pictureOf = (stem: string): string | undefined =>
      (known ??= new Map(
        list(pictures)
          .files.filter(isImageName)
          .map((name) => [bare(name), name]),
      )).get(stem);
    // Beside pictures, only what is named like one of them is a label file.
    const files =
      set === beside ? texts.filter((name) => pictureOf(bare(name)) !== undefined) : texts;
    if (files.length === 0) return;
    found.push({ folder, files, pictures, pictureOf, split: splitOf(folder), set });
  };
  const textsOf = ({ files }: Listing): readonly string[] =>
    sift(files, (name) => /\.txt$/i.test(name)).kept.filter((name) => !noLabels.test(name));
  /** Beside the labels, or where a download of its own unpacks: `label_2` becomes `image_2`. */
  const picturesFor = (base: string, own: string, folders: readonly string[]): string => {
    const sibling = folders.find(isPictures);
    if (sibling !== undefined) return join(base, sibling);
    const swapped = join(base, own).replaceAll(/label/gi, 'image');
    return hasEnding(list(swapped).files, isImageName) ? swapped : join(base, own);
  };
  const labels = (base: string, own: string, folders: readonly string[]): void => {
    const pictures = picturesFor(base, own, folders);
    const folder = join(base, own);
    const inside = list(folder);
    put(folder, textsOf(inside), pictures, own);
    for (const name of inside.folders.slice(0, maxFolders)) {
      const below = join(pictures, name);
      const isThere = below !== join(folder, name) && hasEnding(list(below).files, isImageName);
      put(join(folder, name), textsOf(list(join(folder, name))), isThere ? below : pictures, own);
    }
  };
  const walk = (base: string, left: number): void => {
    const { files, folders, broken } = list(base);
    const own = folders.filter(isLabels);
    for (const name of own) labels(base, name, folders);
    if (own.length === 0) put(base, textsOf({ files, folders, broken }), base, beside);
    if (left === 0 || folders.length > maxFolders) return;
    for (const name of folders)
      if (!isLabels(name) && !isPictures(name)) walk(join(base, name), left - 1);
  };
  walk('', maxLevels);
  return found;
};
