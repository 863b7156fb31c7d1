import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { LongtailError } from '../../common/errors';
import { splitDataset } from '../../dataset/split/splitClient';
import type { GroupChoice, SplitRequest } from '../../dataset/split/types';
import { wantedParts } from '../../dataset/split/wantedParts';
import { isInside } from '../../run/storePath';
import { splitMarkdown } from '../../report/split';
import { say, words } from '../../words/say';
import type { Analysis } from '../datasets';
import { guarded } from '../failure';
import { commandIds } from '../ids';
import { showMarkdown } from '../showMarkdown';
import { analysisFor } from '../targets';
import { withProgress } from '../withProgress';
import type { Command, Desk } from './command';

const usualShares = '0.8,0.1,0.1';

const askForShares = (): Thenable<string | undefined> =>
  vscode.window.showInputBox({
    title: words('host/split/shares'),
    prompt: words('host/split/shares-prompt'),
    value: usualShares,
    validateInput: (text) => {
      try {
        wantedParts(text);
        return null;
      } catch (error) {
        return error instanceof LongtailError ? say(error) : String(error);
      }
    },
  });

/** What stays in one part; null = nothing, undefined = dismissed. */
const askForGroup = async (): Promise<GroupChoice | null | undefined> => {
  const items = (['none', 'folder', 'prefix', 'column'] as const).map((by) => ({
    label: words(`host/split/group-${by}`),
    by,
  }));
  const placeHolder = words('host/split/group');
  const by = (await vscode.window.showQuickPick(items, { placeHolder }))?.by;
  if (by === undefined || by === 'folder') return by && { by };
  if (by === 'prefix') return { by, parts: 1 };
  if (by === 'none') return null;
  const name = await vscode.window.showInputBox({ title: words('host/split/column') });
  return name === undefined || name === '' ? undefined : { by, name };
};

/** A folder outside the dataset, asked about where it holds something; undefined = backed out. */
const askForFolder = async (root: string): Promise<string | undefined> => {
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: words('host/split/write'),
    title: words('host/split/folder'),
  });
  const folder = chosen?.[0]?.fsPath;
  if (folder === undefined) return undefined;
  if (isInside(folder, root)) throw new LongtailError('host/config/inside', { folder });
  if (!existsSync(folder) || readdirSync(folder).length === 0) return folder;
  const replace = words('host/config/replace');
  const message = words('host/split/holds', { folder });
  const answer = await vscode.window.showWarningMessage(message, { modal: true }, replace);
  return answer === replace ? folder : undefined;
};

const run = (
  { paths }: Desk,
  { root, indexPath }: Analysis,
  request: SplitRequest,
  folder?: string,
): ReturnType<typeof splitDataset> => {
  const output =
    folder === undefined ? {} : { output: { folder, style: { absolute: false, numbers: false } } };
  return withProgress(words('host/split/running', { name: basename(root) }), (signal) =>
    splitDataset({ indexPath, request, ...output }, { workerPath: paths.inspectWorker, signal }),
  );
};

/** Proposes a split, shows its counts, and writes lists where the user says; nothing is moved. */
export const proposeSplitCommand: Command = {
  id: commandIds.proposeSplit,
  run: async (desk, argument, given) => {
    const analysis = await analysisFor(desk, argument);
    if (analysis === undefined) return;
    const shares = typeof given === 'string' ? given : await askForShares();
    if (shares === undefined) return;
    const group = typeof given === 'string' ? null : await askForGroup();
    if (group === undefined) return;
    const request = { parts: wantedParts(shares), seed: 0, ...(group === null ? {} : { group }) };
    const summary = await run(desk, analysis, request);
    const markdown = splitMarkdown(summary);
    await showMarkdown(desk, `splits/${basename(analysis.root)}.md`, markdown);
    const write = words('host/split/write');
    const writing = guarded(desk.log, async (answer: string | undefined) => {
      const folder = answer === write ? await askForFolder(analysis.root) : undefined;
      if (folder === undefined) return;
      await run(desk, analysis, request, folder);
      vscode.window.setStatusBarMessage(words('host/split/written', { folder }), 8000);
    });
    // Not waited for: the counts are there, and the notification may stay as long as it likes.
    void vscode.window.showInformationMessage(words('host/split/offer'), write).then(writing);
  },
};
