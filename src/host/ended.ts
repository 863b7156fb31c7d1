import * as vscode from 'vscode';
import { say, words } from '../words/say';
import type { TrainingEnd } from '../run/trainerProcess';
import type { Desk } from './commands/command';

/**
 * What happens when a run of this window ends: its page shows it; a notification only when that
 * page is not in sight, or when the run failed.
 */
export const showEnding = async (desk: Desk, folder: string, end: TrainingEnd): Promise<void> => {
  const title = desk.runs.find(folder)?.record.title ?? '';
  desk.log.info(words('host/log/run-ended', { folder, outcome: end.outcome }));
  const inSight = desk.runPages.find(folder)?.panel.visible ?? false;
  if (end.outcome === 'completed' && !inSight) {
    const open = words('host/open-report');
    const message = words('host/run-completed', { title });
    const chosen = await vscode.window.showInformationMessage(message, open);
    if (chosen === open) desk.reports.show({ folder, title });
  }
  if (end.outcome === 'failed') {
    const reason = say(end.error);
    desk.log.error(reason);
    if (inSight) return;
    const show = words('host/open-run');
    const message = words('host/run-failed', { title, reason });
    const chosen = await vscode.window.showErrorMessage(message, show);
    if (chosen === show) desk.runPages.show({ folder, title });
  }
};
