import { reasonOf } from '../../issues';
import { packNames } from '../../packedNames';
import type { PackedNames } from '../../packedNames';
import type { FileTask } from '../../types';
import { isAudioName, isImageName, listFolder, sift } from '../folders';

/** What is looked for in folders. */
export type FileMedium = 'image' | 'audio';

/** Whether a name is one of a sample. */
export const isOfMedium: Readonly<Record<FileMedium, (name: string) => boolean>> = {
  image: isImageName,
  audio: isAudioName,
};

/** What lies directly in one folder. */
export interface FolderFiles {
  /** Names of samples, in order. */
  readonly samples: readonly PackedNames[];
  readonly others: readonly string[];
  readonly folders: readonly string[];
  readonly broken: readonly string[];
  /** Why the folder could not be read. */
  readonly reason?: string;
}

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
        return { samples: packNames(kept), others, folders, broken };
      } catch (error) {
        return { samples: [], others: [], folders: [], broken: [], reason: reasonOf(error) };
      }
    }),
  isOutput: (value) => Array.isArray(value),
};
