import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { LongtailError } from '../../common/errors';
import { writeModelCode } from '../../exporters/thread/client';
import { runModelJob } from '../../run/modelProcess';
import { isInside } from '../../run/storePath';
import { words } from '../../words/say';
import { commandIds } from '../ids';
import { trainerEnvironment, workspaceRoot } from '../settings';
import { previewMarkdown } from '../showMarkdown';
import { finishedRunFor } from '../targets';
import { runTitle } from '../../run/runTitles';
import { withProgress } from '../withProgress';
import type { Command } from './command';

const pickFolder = async (title: string): Promise<string | undefined> => {
  const start = workspaceRoot();
  const chosen = await vscode.window.showOpenDialog({
    ...{ canSelectFiles: false, canSelectFolders: true },
    ...(start === undefined ? {} : { defaultUri: vscode.Uri.file(start) }),
    openLabel: words('host/export/folder-button'),
    title: words('host/model/folder', { title }),
  });
  return chosen?.[0]?.fsPath;
};

/** A folder of its own below the chosen one: what is there already is never replaced. */
const freeFolder = (parent: string): string => {
  for (let i = 1; ; i++) {
    const folder = join(parent, i === 1 ? 'longtail-model' : `longtail-model-${i}`);
    if (!existsSync(folder)) return folder;
  }
};

/** The model of a finished run for TensorFlow.js and Keras, outside its dataset; its README is shown. */
export const exportModelCommand: Command = {
  id: commandIds.exportModel,
  run: async (desk, argument, second) => {
    if (!vscode.workspace.isTrusted) throw new LongtailError('host/untrusted-train');
    const folder = await finishedRunFor(desk, argument, words('host/pick/run'));
    const stored = folder === undefined ? null : desk.runs.find(folder);
    if (folder === undefined || stored === null) return;
    const title = runTitle(stored);
    const parent = typeof second === 'string' ? second : await pickFolder(title);
    if (parent === undefined) return;
    if (isInside(parent, stored.record.datasetRoot))
      throw new LongtailError('host/export/inside', { folder: parent });
    const out = freeFolder(parent);
    const storeFolder = dirname(dirname(folder));
    const { trainer, exportWorker } = desk.paths;
    await withProgress(words('host/model/running', { title }), async (signal) => {
      const env = trainerEnvironment();
      const job = { kind: 'export', model: folder, storeFolder, out } as const;
      await runModelJob(job, { trainerPath: trainer, env, signal });
      const [first] = await writeModelCode(exportWorker, out);
      if (first !== undefined) await previewMarkdown(vscode.Uri.file(first));
    });
    vscode.window.setStatusBarMessage(words('host/export/done', { folder: out }), 8000);
  },
};
