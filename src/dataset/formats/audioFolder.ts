import { isSystemError } from '../issues';
import type { FileSource } from '../types';
import { join, listFolder } from './folders';
import { folderFormat } from './imageFolder/folderFormat';

const lists = { 'validation_list.txt': 'validation', 'testing_list.txt': 'test' } as const;
const maxListBytes = 64 * 1024 * 1024;

/** Splits by Speech Commands' lists of the files that are not for training. */
const listedSplits = (
  source: FileSource,
  folder: string,
): ((path: string) => string) | undefined => {
  const splits = new Map<string, string>();
  const { files } = listFolder(source, folder);
  for (const [name, split] of Object.entries(lists)) {
    if (!files.includes(name)) continue;
    try {
      for (const line of source.readText(join(folder, name), maxListBytes).split('\n'))
        if (line.trim() !== '') splits.set(line.trim().replaceAll('\\', '/'), split);
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  }
  return splits.size === 0 ? undefined : (path) => splits.get(path) ?? '';
};

/**
 * Sounds in folders named after their classes. Speech Commands' lists say what is for validation
 * and testing; its background noise is no class.
 */
export const audioFolder = folderFormat({
  id: 'audio-folder',
  modality: 'audio',
  isLeftOut: (name) => name === '_background_noise_',
  splits: listedSplits,
});
