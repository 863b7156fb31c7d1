import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { words } from '../../words/say';
import { analyzeWithProgress, datasetRoot } from '../analyze';
import { commandIds } from '../ids';
import { workspaceRoot } from '../settings';
import type { Command } from './command';

/** Places where a checkout of this project keeps its MNIST sample. */
const madeSamples = (extensionPath: string): readonly string[] =>
  [workspaceRoot(), join(extensionPath, 'sample')]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [join(folder, 'mnist-lt'), folder])
    .filter((folder) => existsSync(join(folder, 'train')) && existsSync(join(folder, 'test')));

/**
 * Profiles an example: the MNIST sample where a checkout has made it, else the small table of
 * labels that ships with the extension.
 */
export const openSampleCommand: Command = {
  id: commandIds.openSample,
  run: async (desk) => {
    const { extensionPath } = desk.context;
    const made = madeSamples(extensionPath)[0];
    const path = made ?? join(extensionPath, 'media', 'sample', 'garden-birds.csv');
    await analyzeWithProgress(desk, path);
    desk.profiles.show({ root: datasetRoot(path) });
    if (made === undefined)
      vscode.window.setStatusBarMessage(words('host/sample-labels-only'), 10_000);
  },
};
