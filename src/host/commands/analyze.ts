import { analyzeWithProgress, datasetRoot } from '../analyze';
import { askFormat } from '../askFormat';
import { commandIds } from '../ids';
import { askForDataset, pathOf } from '../targets';
import type { Command } from './command';

/** Scans what was right-clicked, or asked for, and shows its profile. Unchanged data are not read again. */
export const analyzeCommand: Command = {
  id: commandIds.analyze,
  run: async (desk, argument) => {
    const path = pathOf(argument) ?? (await askForDataset(desk));
    if (path === undefined) return;
    const root = datasetRoot(path);
    const format = desk.datasets.list().find((known) => known.root === root)?.options ?? {};
    const analysis = await analyzeWithProgress(desk, path, { format });
    const answer = await askFormat(analysis);
    // Read again under its name: from now on the name is kept with the dataset.
    if (answer !== undefined)
      await analyzeWithProgress(desk, path, { format: { ...format, format: answer } });
    desk.profiles.show({ root });
  },
};
