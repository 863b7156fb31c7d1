import { analyzeWithProgress, datasetRoot } from '../analyze';
import { commandIds } from '../ids';
import { askForDataset, pathOf } from '../targets';
import type { Command } from './command';

/** Reads everything again, whatever the cache says. */
export const rescanCommand: Command = {
  id: commandIds.rescan,
  run: async (desk, argument) => {
    const path = pathOf(argument) ?? (await askForDataset(desk));
    if (path === undefined) return;
    const root = datasetRoot(path);
    const format = desk.datasets.list().find((known) => known.root === root)?.options ?? {};
    await analyzeWithProgress(desk, path, { format, fresh: true });
    desk.profiles.show({ root });
  },
};
