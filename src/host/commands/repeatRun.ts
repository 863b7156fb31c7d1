import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { LongtailError } from '../../common/errors';
import { nextSeeds } from '../../common/seeds';
import { runFiles } from '../../protocol/runFiles';
import { readReport } from '../../run/runStore';
import { words } from '../../words/say';
import { groupOf, repeatsOf } from '../comparedRuns';
import { commandIds } from '../ids';
import { finishedRunFor } from '../targets';
import { runTitle } from '../../run/runTitles';
import type { Command } from './command';

/** As many trainings as tell something of the spread. */
const usualSeeds = 3;

const askForCount = async (
  title: string,
  counts: readonly number[],
  have: number,
): Promise<number | undefined> => {
  const items = counts.map((count) => ({
    label: words('host/repeat/more', { count }),
    description: words('host/repeat/all', { count: have + count }),
    count,
  }));
  const placeHolder = words('host/repeat/pick', { title });
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.count;
};

/**
 * Trains the config of a finished run again with other seeds; they wait in the queue. With
 * `usual` nothing is asked: as many as make three seeds, or two more.
 */
export const repeatRunCommand: Command = {
  id: commandIds.repeatRun,
  run: async (desk, argument, usual) => {
    if (!vscode.workspace.isTrusted) throw new LongtailError('host/untrusted-train');
    const folder = await finishedRunFor(desk, argument, words('host/pick/repeat'));
    const stored = folder === undefined ? null : desk.runs.find(folder);
    if (stored === null) return;
    const report = readReport(stored.folder);
    if (report === null) throw new LongtailError('host/no-report', { folder: stored.folder });
    if (existsSync(join(stored.folder, runFiles.sweep)))
      throw new LongtailError('host/repeat/sweep');
    const repeats = repeatsOf(stored, desk.runs);
    const taken = [report.seed, ...repeats.flatMap(({ record }) => record.repeat?.seed ?? [])];
    const have = new Set(taken).size;
    const wanted = have < usualSeeds ? usualSeeds - have : 2;
    const count =
      usual === true ? wanted : await askForCount(runTitle(stored), [wanted, wanted + 2], have);
    if (count === undefined) return;
    const { configPath, datasetRoot } = stored.record;
    const title = runTitle(stored);
    const repeat = { group: groupOf(stored), from: stored.folder };
    for (const seed of nextSeeds(report.seed, count, taken))
      desk.runs.start({ configPath, title, datasetRoot, repeat: { ...repeat, seed } });
    vscode.window.setStatusBarMessage(words('host/repeat/queued', { count, title }), 5000);
  },
};
