import { folderFiles } from '../formats/imageFolder/folderFiles';
import { vocObjects } from '../formats/voc/vocObjects';
import { yoloRows } from '../formats/yolo/yoloRows';
import { stampCheck } from '../stamps/stampCheck';
import type { FileTask } from '../types';

/** Every task that a second thread can be asked for. */
export const fileTasks: readonly FileTask<unknown, unknown>[] = [
  folderFiles,
  vocObjects,
  yoloRows,
  stampCheck,
];
