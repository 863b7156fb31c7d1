import * as vscode from 'vscode';
import { say, words } from '../words/say';
import type { TrainingEnd } from '../run/trainerProcess';
import type { Desk } from './commands/command';

/**
 * What happens when a run of this window ends: its page shows it; a notification only where the user
 * is elsewhere, with that page not in sight or in another window.
 */
export const showEnding = async (desk: Desk, folder: string, end: TrainingEnd): Promise<void> => {
  const title = desk.runs.find(folder)?.record.title ?? '';
  desk.log.info(words('host/log/run-ended', { folder, outcome: end.outcome }));
  const open = desk.runPages.find(folder)?.panel.visible ?? false;
  const inSight = open && vscode.window.state.focused;
  if (end.outcome === 'completed' && !inSight) {
    const show = words('host/open-report');
    const message = words('host/run-completed', { title });
    const chosen = await vscode.window.showInformationMessage(message, show);
    if (chosen === show) desk.reports.show({ folder, title });
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
