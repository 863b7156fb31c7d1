import { appendFile, mkdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { LongtailError } from '../../common/errors';
import { takesRows } from '../../config/takesRows';
import type { PredictedItem } from '../../protocol/modelJob';
import { predictionCsv } from '../../report/predicted/lines';
import { predictionMarkdown } from '../../report/predicted/markdown';
import { agrees } from '../../report/predicted/tally';
import { predictionWriter } from '../../report/predicted/writer';
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

/** Items that the page lists; the CSV has all. */
const listed = 500;
const top = 2;
const batch = 32;

interface Choice {
  readonly stored: StoredRun;
  /** What the run is ranked by: balanced accuracy, of several labels mean average precision. */
  readonly score: number;
  readonly own: boolean;
}

/** What a run may be asked about: anything while nothing is chosen. */
interface Wanted {
  readonly path: string;
  readonly rows: boolean;
}

const pictureEndings: ReadonlySet<string> = new Set([
  ...['.png', '.jpg', '.jpeg', '.jpe', '.jfif'],
  ...['.gif', '.bmp', '.webp', '.tif', '.tiff', '.avif', '.heic'],
]);

const wantedAt = async (path: string): Promise<Wanted> => ({
  path,
  rows: (await stat(path)).isFile() && !pictureEndings.has(extname(path).toLowerCase()),
});

/** Finished runs: of the dataset the items lie in first, then the better, then the newer. */
const choices = ({ runs }: Desk, wanted: Wanted | undefined): readonly Choice[] =>
  runs
    .list()
    .filter(({ record }) => record.state === 'completed')
    .flatMap((stored) => {
      const report = readReport(stored.folder);
      if (report === null) return [];
      if (wanted !== undefined && takesRows(report.config) !== wanted.rows) return [];
      const { scores } = report;
      const score = scores.multiLabel?.mAP ?? scores.balancedAccuracy ?? 0;
      const own = wanted !== undefined && isInside(wanted.path, stored.record.datasetRoot);
      return [{ stored, score, own }];
    })
    .sort((a, b) => Number(b.own) - Number(a.own) || b.score - a.score);

const askForRun = async (desk: Desk, wanted: Wanted | undefined): Promise<string | undefined> => {
  const found = choices(desk, wanted);
  const [only] = found;
  if (only === undefined)
    throw new LongtailError(
      wanted?.rows === true ? 'host/predict/no-run-of-rows' : 'host/predict/no-run',
    );
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

const askForItems = async (rows: boolean): Promise<string | undefined> => {
  const start = workspaceRoot();
  const chosen = await vscode.window.showOpenDialog({
    ...{ canSelectFiles: true, canSelectFolders: !rows, canSelectMany: false },
    ...(start === undefined ? {} : { defaultUri: vscode.Uri.file(start) }),
    openLabel: words('host/predict/button'),
    title: words(rows ? 'host/predict/what-rows' : 'host/predict/what'),
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
  await writeFile(csv.fsPath, '');
  const list = createList();
  const writer = predictionWriter((items) => predictionCsv(top, items));
  await withProgress(words('host/predict/running', { title }), (signal, show) =>
    runModelJob(
      {
        ...{ kind: 'predict', model: folder, storeFolder: dirname(dirname(folder)) },
        ...{ path, top, batch },
      },
      {
        ...{ trainerPath: paths.trainer, env: trainerEnvironment(), signal },
        onOpened: (opened) => writer.open(opened),
        onItems: async (items) => {
          items.forEach(list.add);
          await appendFile(csv.fsPath, writer.add(items));
          const { done, total } = writer.now();
          show(done / Math.max(1, total));
        },
      },
    ),
  );
  await appendFile(csv.fsPath, writer.end());
  const { kind, tally } = writer.now();
  const markdown = predictionMarkdown({
    ...{ title, place: basename(path), kind, tally },
    items: list.items(),
    file: `${basename(name)}.csv`,
    shown: (own) => (own === path ? basename(path) : relative(path, own).split(sep).join('/')),
    link: linkFrom(dirname(csv.fsPath)),
  });
  await showMarkdown(desk, `${name}.md`, markdown);
};

/** Runs a finished run on pictures or on rows of a file, and shows what it says of each. */
export const predictCommand: Command = {
  id: commandIds.predict,
  run: async (desk, argument, second) => {
    if (!vscode.workspace.isTrusted) throw new LongtailError('host/untrusted-train');
    // From the runs view it is the run that is given, from the explorer pictures or rows.
    const isRun = typeof argument === 'object' && argument !== null && 'folder' in argument;
    const given = isRun ? undefined : pathOf(argument);
    const named = isRun ? runFolderOf(argument) : typeof second === 'string' ? second : undefined;
    const wanted = given === undefined ? undefined : await wantedAt(given);
    const folder = named ?? (await askForRun(desk, wanted));
    if (folder === undefined) return;
    const report = readReport(folder);
    const rows = report !== null && takesRows(report.config);
    const path = given ?? (await askForItems(rows));
    if (path === undefined) return;
    await predictWith(desk, folder, path);
  },
};
