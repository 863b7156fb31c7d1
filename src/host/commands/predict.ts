import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { LongtailError } from '../../common/errors';
import type { PredictedItem } from '../../protocol/modelJob';
import { predictionCsv } from '../../report/predicted/lines';
import { predictionMarkdown } from '../../report/predicted/markdown';
import { agrees, noPredictions, tallied } from '../../report/predicted/tally';
import { runModelJob } from '../../run/modelProcess';
import { readReport, type StoredRun } from '../../run/runStore';
import { isInside } from '../../run/storePath';
import { words } from '../../words/say';
import { commandIds } from '../ids';
import { trainerEnvironment, workspaceRoot } from '../settings';
import { linkFrom } from '../markdownLinks';
import { markdownUri, showMarkdown } from '../showMarkdown';
import { pathOf, runFolderOf } from '../targets';
import { runTitle } from '../../run/runTitles';
import { withProgress } from '../withProgress';
import type { Command, Desk } from './command';

/** Pictures that the page lists; the CSV has all. */
const listed = 500;
const top = 2;
const batch = 32;

interface Choice {
  readonly stored: StoredRun;
  /** What the run is ranked by: balanced accuracy, of several labels mean average precision. */
  readonly score: number;
  readonly own: boolean;
}

/** Finished runs: of the dataset the pictures lie in first, then the better, then the newer. */
const choices = ({ runs }: Desk, path: string | undefined): readonly Choice[] =>
  runs
    .list()
    .filter(({ record }) => record.state === 'completed')
    .flatMap((stored) => {
      const scores = readReport(stored.folder)?.scores;
      if (scores === undefined) return [];
      const score = scores.multiLabel?.mAP ?? scores.balancedAccuracy ?? 0;
      const own = path !== undefined && isInside(path, stored.record.datasetRoot);
      return [{ stored, score, own }];
    })
    .sort((a, b) => Number(b.own) - Number(a.own) || b.score - a.score);

const askForRun = async (desk: Desk, path: string | undefined): Promise<string | undefined> => {
  const found = choices(desk, path);
  const [only] = found;
  if (only === undefined) throw new LongtailError('host/predict/no-run');
  if (found.length === 1) return only.stored.folder;
  const items = found.map(({ stored, score }) => ({
    label: runTitle(stored),
    description: words('host/predict/score', { score }),
    detail: `${basename(stored.record.datasetRoot)} · ${stored.record.createdAt}`,
    folder: stored.folder,
  }));
  const placeHolder = words('host/predict/pick');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.folder;
};

const askForPictures = async (): Promise<string | undefined> => {
  const start = workspaceRoot();
  const chosen = await vscode.window.showOpenDialog({
    ...{ canSelectFiles: true, canSelectFolders: true, canSelectMany: false },
    ...(start === undefined ? {} : { defaultUri: vscode.Uri.file(start) }),
    openLabel: words('host/predict/button'),
    title: words('host/predict/what'),
  });
  return chosen?.[0]?.fsPath;
};

/** What is listed: those that contradict their folder first, and what could not be read. */
const createList = () => {
  const contradicting: PredictedItem[] = [];
  const others: PredictedItem[] = [];
  return {
    add: (item: PredictedItem): void => {
      const into = agrees(item) === false ? contradicting : others;
      if (into.length < listed) into.push(item);
    },
    items: (): readonly PredictedItem[] => [...contradicting, ...others].slice(0, listed),
  };
};

const predictWith = async (desk: Desk, folder: string, path: string): Promise<void> => {
  const stored = desk.runs.find(folder);
  if (stored === null) throw new LongtailError('run/no-run', { folder });
  const title = runTitle(stored);
  const { paths } = desk;
  // The name of the file is the title of its tab.
  const name = `predictions/${stored.record.id}/predictions-${basename(path)}`;
  const csv = markdownUri(desk, `${name}.csv`);
  await mkdir(dirname(csv.fsPath), { recursive: true });
  const { header, line } = predictionCsv(top);
  await writeFile(csv.fsPath, `${header}\n`);
  const list = createList();
  const state = { tally: noPredictions, total: 0 };
  await withProgress(words('host/predict/running', { title }), (signal, show) =>
    runModelJob(
      {
        ...{ kind: 'predict', model: folder, storeFolder: dirname(dirname(folder)) },
        ...{ path, top, batch },
      },
      {
        ...{ trainerPath: paths.trainer, env: trainerEnvironment(), signal },
        onOpened: ({ total }) => {
          state.total = total;
        },
        onItems: async (items) => {
          for (const item of items) {
            list.add(item);
            state.tally = tallied(state.tally, item);
          }
          const lines = items.filter((item) => !('unreadable' in item)).map((item) => line(item));
          await appendFile(csv.fsPath, lines.map((text) => `${text}\n`).join(''));
          const { read, unreadable } = state.tally;
          show((read + unreadable) / Math.max(1, state.total));
        },
      },
    ),
  );
  const markdown = predictionMarkdown({
    ...{ title, place: basename(path), tally: state.tally, items: list.items() },
    file: `${basename(name)}.csv`,
    shown: (own) => (own === path ? basename(path) : relative(path, own).split(sep).join('/')),
    link: linkFrom(dirname(csv.fsPath)),
  });
  await showMarkdown(desk, `${name}.md`, markdown);
};

/** Runs a finished run on a picture or a folder, and shows what it says of each. */
export const predictCommand: Command = {
  id: commandIds.predict,
  run: async (desk, argument, second) => {
    if (!vscode.workspace.isTrusted) throw new LongtailError('host/untrusted-train');
    // From the runs view it is the run that is given, from the explorer the pictures.
    const isRun = typeof argument === 'object' && argument !== null && 'folder' in argument;
    const given = isRun ? undefined : pathOf(argument);
    const named = isRun ? runFolderOf(argument) : typeof second === 'string' ? second : undefined;
    const folder = named ?? (await askForRun(desk, given));
    if (folder === undefined) return;
    const path = given ?? (await askForPictures());
    if (path === undefined) return;
    await predictWith(desk, folder, path);
  },
};
