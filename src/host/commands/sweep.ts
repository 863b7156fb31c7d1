import * as vscode from 'vscode';
import { LongtailError } from '../../common/errors';
import { words } from '../../words/say';
import { commandIds } from '../ids';
import type { Command } from './command';
import { checkedConfig, configFor } from './train';

/** Tries every head and correction on one trained representation of a config. */
export const sweepCommand: Command = {
  id: commandIds.sweep,
  run: async (desk, argument, recipe) => {
    if (!vscode.workspace.isTrusted) throw new LongtailError('host/untrusted-train');
    const configPath = await configFor(desk, argument, recipe);
    if (configPath === undefined) return;
    const { datasetRoot, fingerprint } = await checkedConfig(desk, configPath);
    const title = words('sweep/running');
    const sweep = { recipes: [], seeds: [] };
    const run = desk.runs.start({ configPath, title, datasetRoot, fingerprint, sweep });
    desk.runPages.show({ folder: run.folder, title });
  },
};
