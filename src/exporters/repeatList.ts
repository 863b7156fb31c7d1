import { csvCell } from './csv';
import type { ExportFile, ExportItems, ExportJob } from './types';

/** The factor of each training image, the largest of its classes; 1 for an image without any. */
export const imageRepeats = function* (job: ExportJob, items: ExportItems): Generator<number> {
  const { repeats } = job.stage.sampler;
  const count = items.count();
  for (let item = 0; item < count; item++) {
    let most = 1;
    for (const label of items.labels(item)) most = Math.max(most, repeats?.[label] ?? 1);
    yield most;
  }
};

const lines = function* (job: ExportJob, items: ExportItems): Generator<string> {
  yield 'path,row,repeat_factor\n';
  let item = 0;
  for (const factor of imageRepeats(job, items)) {
    const { path, row } = items.place(item++);
    yield `${csvCell(path)},${row ?? ''},${factor}\n`;
  }
};

/** `repeat_factors.csv`: a line an image, to look at; the code works the factors out by itself. */
export const repeatList = (job: ExportJob): readonly ExportFile[] => {
  const { items } = job;
  return items === null || job.stage.sampler.repeats === null
    ? []
    : [
        {
          path: 'repeat_factors.csv',
          parts: { [Symbol.iterator]: () => lines(job, items) },
        },
      ];
};
