import * as vscode from 'vscode';
import type { StoredRun } from '../run/runStore';
import { words } from '../words/say';
import { commandIds, stateKeys } from './ids';
import type { Desk } from './commands/command';
import { createInterrupted, orphanEndsMs, orphansEnded } from './interruptedRuns';
import { runTitle } from '../run/runTitles';

const lookEveryMs = 1000;

/** Of several the user picks; none is as good as an answer. */
const choose = async (runs: readonly StoredRun[]): Promise<readonly string[]> => {
  const items = runs.map((run) => ({
    label: runTitle(run),
    description: run.record.datasetRoot,
    detail: run.record.createdAt,
    folder: run.folder,
    picked: true,
  }));
  const placeHolder = words('host/interrupted/pick');
  const chosen = await vscode.window.showQuickPick(items, { placeHolder, canPickMany: true });
  return (chosen ?? []).map(({ folder }) => folder);
};

/** One notification for all of them; gives the folders of those that should go on. */
const ask = async (runs: readonly StoredRun[]): Promise<readonly string[]> => {
  const [first] = runs;
  if (first === undefined) return [];
  const params = { count: runs.length, title: runTitle(first) };
  const one = runs.length === 1;
  const button = words(one ? 'host/interrupted/resume' : 'host/interrupted/choose');
  const answer = await vscode.window.showInformationMessage(
    words('host/interrupted/offer', params),
    button,
  );
  if (answer !== button) return [];
  return one ? [first.folder] : choose(runs);
};

/**
 * Offers, once the window stands, to go on with the runs that an earlier window, a crash or a power
 * cut left behind. What was answered or closed is not asked again. Nothing is offered where nothing
 * may be trained.
 */
export const offerResume = async (desk: Desk): Promise<void> => {
  const { context, runs } = desk;
  if (!vscode.workspace.isTrusted) return;
  const othersRun = (): boolean =>
    runs
      .list()
      .some(
        ({ folder, record: { state } }) =>
          (state === 'running' || state === 'queued') && !runs.isOurs(folder),
      );
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  await orphansEnded(othersRun, pause, orphanEndsMs / lookEveryMs);
  runs.refresh();
  const interrupted = createInterrupted(context.workspaceState, stateKeys.interrupted);
  const offered = interrupted.of(runs.list());
  if (offered.length === 0) return;
  const folders = await ask(offered);
  await interrupted.answered(offered, runs.list());
  for (const folder of folders) await vscode.commands.executeCommand(commandIds.resume, folder);
};
