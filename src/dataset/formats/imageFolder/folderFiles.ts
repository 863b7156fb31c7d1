import { reasonOf } from '../../issues';
import type { FileTask, JoinedNames } from '../../types';
import { isAudioName, isImageName, listFolder, sift } from '../folders';

/** Names handed to the sink at once: progress and cancelling come between. */
const batch = 4096;

/** What is looked for in folders. */
export type FileMedium = 'image' | 'audio';

/** Whether a name is one of a sample. */
export const isOfMedium: Readonly<Record<FileMedium, (name: string) => boolean>> = {
  image: isImageName,
  audio: isAudioName,
};

/** What lies directly in one folder. */
export interface FolderFiles {
  /** Names of samples, in order, a few thousand at most in a part. */
  readonly samples: readonly JoinedNames[];
  readonly others: readonly string[];
  readonly folders: readonly string[];
  readonly broken: readonly string[];
  /** Why the folder could not be read. */
  readonly reason?: string;
}

/** Names in parts of a few thousand. */
export const joinedNames = (names: readonly string[]): JoinedNames[] =>
  Array.from({ length: Math.ceil(names.length / batch) }, (_, part) => {
    const some = names.slice(part * batch, (part + 1) * batch);
    return { text: some.join('/'), count: some.length };
  });

/** Lists folders by their absolute paths: an entry each. */
export const folderFiles: FileTask<
  { readonly medium: FileMedium; readonly paths: readonly string[] },
  readonly FolderFiles[]
> = {
  id: 'folder-files',
  run: (source, { medium, paths }) =>
    paths.map((path) => {
      try {
        const { files, folders, broken } = listFolder(source, path);
        const { kept, others } = sift(files, isOfMedium[medium]);
        return { samples: joinedNames(kept), others, folders, broken };
      } catch (error) {
        return { samples: [], others: [], folders: [], broken: [], reason: reasonOf(error) };
      }
    }),
  isOutput: (value) => Array.isArray(value),
};
