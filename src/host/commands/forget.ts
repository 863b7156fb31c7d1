import { datasetRoot } from '../analyze';
import { commandIds } from '../ids';
import { pathOf } from '../targets';
import type { Command } from './command';

/** Takes a dataset off the list; its files and its runs stay. */
export const forgetCommand: Command = {
  id: commandIds.forget,
  run: async ({ datasets, goals, profiles }, argument) => {
    const path = pathOf(argument);
    if (path === undefined) return;
    const root = datasetRoot(path);
    profiles.find(root)?.panel.dispose();
    await goals.forget(root);
    await datasets.forget(root);
  },
};
