import { reasonOf } from '../../issues';
import { knownSplit, noSplit } from '../../splitNames';
import type { FileSource, Modality } from '../../types';
import { isAudioName, isImageName, join, listFolder, rootFolder, sift } from '../folders';
import type { Listing } from '../folders';
import { stemOf } from './parts';

/** Pictures or sounds that lie in one folder. */
export interface NamedFolder {
  /** Below the dataset's folder. */
  readonly folder: string;
  readonly split: string;
  readonly names: readonly string[];
  /** Files of other kinds. */
  readonly others: readonly string[];
}

export interface NamedFiles {
  readonly folders: readonly NamedFolder[];
  readonly modality: Modality;
  /** Whether there is nothing that could be a class folder. */
  readonly isFlat: boolean;
  /** Whether the folders are those of splits. */
  readonly isSplit: boolean;
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

const maxFolders = 24;
const maxLooked = 4000;

/** Folders of a path whose files may say their class: the folder, those of splits, or the only one. */
export const findNamedFiles = (source: FileSource, root: string): NamedFiles => {
  const unreadable: { path: string; reason: string }[] = [];
  const list = (path: string): Listing => {
    try {
      return listFolder(source, join(root, path));
    } catch (error) {
      unreadable.push({ path, reason: reasonOf(error) });
      return { files: [], folders: [], broken: [] };
    }
  };
  const none = {
    folders: [],
    modality: 'none',
    isFlat: false,
    isSplit: false,
    unreadable,
  } as const;
  if (rootFolder(source, root).only !== null) return none;
  const top = list('');
  const isOne = (name: string): boolean => isImageName(name) || isAudioName(name);
  const inside = top.folders.length > maxFolders ? [] : top.folders;
  const below = inside
    .map((folder) => ({ folder, ...list(folder) }))
    .filter(({ files }) => files.some(isOne));
  const hasHere = top.files.some(isOne);
  const splits = below.filter(({ folder }) => knownSplit(folder) !== null);
  const isSplit = !hasHere && splits.length > 0 && splits.length === below.length;
  const chosen = hasHere ? [{ folder: '', ...top }] : isSplit || below.length === 1 ? below : [];
  const some = chosen.flatMap(({ files }) => files.slice(0, maxLooked));
  const isImages = some.filter(isImageName).length >= some.filter(isAudioName).length;
  const isSample = isImages ? isImageName : isAudioName;
  return {
    folders: chosen.map(({ folder, files }) => {
      const { kept, others } = sift(files, isSample);
      const split = isSplit ? (knownSplit(folder) ?? noSplit) : noSplit;
      return { folder, split, names: kept, others };
    }),
    modality: isImages ? 'image' : 'audio',
    isFlat: hasHere
      ? below.length === 0 && top.folders.length <= maxFolders
      : chosen.every(({ folders }) => folders.length === 0),
    isSplit,
    unreadable,
  };
};

/** Names without ending from all over the folders, where all would be too many. */
export const someStems = (folders: readonly NamedFolder[]): readonly string[] =>
  folders.flatMap(({ names }) => {
    const step = Math.max(1, Math.ceil((names.length * folders.length) / maxLooked));
    return names.filter((_, at) => at % step === 0).map(stemOf);
  });
