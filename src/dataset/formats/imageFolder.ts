import { folderFormat } from './imageFolder/folderFormat';

/**
 * Pictures in folders named after their classes: `class/picture`, `split/class/picture` or
 * `class/split/picture`; with `depth` the class is the names of so many levels. Classes in the
 * order of their names' code units. Fits nearly any folder of pictures, so it ranks itself low.
 */
export const imageFolder = folderFormat({
  id: 'image-folder',
  modality: 'image',
  isLeftOut: () => false,
});
