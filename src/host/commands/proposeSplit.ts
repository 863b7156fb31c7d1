import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { LongtailError } from '../../common/errors';
import { formatOptionsIn } from '../../dataset/formatOptions';
import { splitDataset } from '../../dataset/split/splitClient';
import type { GroupChoice, SplitRequest } from '../../dataset/split/types';
import { wantedParts } from '../../dataset/split/wantedParts';
import { isInside } from '../../run/storePath';
import { splitMarkdown } from '../../report/split';
import { say, words } from '../../words/say';
import type { Analysis } from '../datasets';
import { analyzeWithProgress } from '../analyze';
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

/** Scans the dataset with the splits of lists, or with its own, and shows its profile. */
const profileWith = async (
  desk: Desk,
  { root, options }: Analysis,
  splitLists: string | undefined,
): Promise<void> => {
  await analyzeWithProgress(desk, root, { format: formatOptionsIn({ ...options, splitLists }) });
  desk.profiles.show({ root });
};

/** Of a dataset whose splits come from lists: whether to propose another one; undefined = dismissed. */
const askForWay = async (lists: string): Promise<'another' | 'own' | undefined> => {
  const items = (['another', 'own'] as const).map((way) => ({
    label: words(`host/split/${way}`),
    way,
  }));
  const placeHolder = words('host/split/lists', { folder: lists });
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.way;
};

/**
 * Proposes a split, shows its counts, writes lists where the user says, and reads them as the splits
 * of the dataset from then on; nothing is moved.
 */
export const proposeSplitCommand: Command = {
  id: commandIds.proposeSplit,
  run: async (desk, argument, given) => {
    const analysis = await analysisFor(desk, argument);
    if (analysis === undefined) return;
    const { splitLists } = analysis.options;
    const way =
      splitLists === undefined || typeof given === 'string'
        ? 'another'
        : await askForWay(splitLists);
    if (way === 'own') await profileWith(desk, analysis, undefined);
    if (way !== 'another') return;
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
      const use = words('host/split/use');
      const message = words('host/split/written', { folder });
      if ((await vscode.window.showInformationMessage(message, use)) === use)
        await profileWith(desk, analysis, folder.replaceAll('\\', '/'));
    });
    // Not waited for: the counts are there, and the notification may stay as long as it likes.
    void vscode.window.showInformationMessage(words('host/split/offer'), write).then(writing);
  },
};
