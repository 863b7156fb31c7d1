import { analyzeWithProgress, datasetRoot } from '../analyze';
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
    await analyzeWithProgress(desk, path, { format });
    desk.profiles.show({ root });
  },
};
