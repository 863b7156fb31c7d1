import { join } from 'node:path';
import * as vscode from 'vscode';
import { LongtailError } from '../common/errors';
import { diagnosisOf } from '../outputs/diagnosis';
import { curvesOf } from '../report/curves';
import { reportFormats, type ReportFormat } from '../report/formatNames';
import { renderReports } from '../report/formats';
import { readEvents, readReport } from '../run/runStore';
import { words } from '../words/say';
import type { Host } from './host';
import { runFoldersOf } from './panels/runFolders';

const askForFormat = async (): Promise<ReportFormat | undefined> => {
  const items = reportFormats.map((format) => ({
    label: words(`pages/export/${format}`),
    detail: words(`host/report/about-${format}`),
    format,
  }));
  const placeHolder = words('host/report/format');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.format;
};

/** Writes the report of a run as one file where the user says. */
export const exportReport = async (
  host: Pick<Host, 'runs'>,
  folder: string,
  format?: ReportFormat,
): Promise<void> => {
  const report = readReport(folder);
  if (report === null) throw new LongtailError('host/no-report', { folder });
  const chosen = format ?? (await askForFormat());
  if (chosen === undefined) return;
  const target = await vscode.window.showSaveDialog({
    // Not `report.json`: that is the run's own.
    defaultUri: vscode.Uri.file(join(folder, `${report.id}.${chosen}`)),
    filters: { [words(`pages/export/${chosen}`)]: [chosen] },
  });
  if (target === undefined) return;
  const text = renderReports(chosen, [report], () => {
    const diagnosis = diagnosisOf(report, runFoldersOf(host, folder, report));
    return {
      curves: new Map([[report.id, curvesOf(readEvents(folder))]]),
      diagnoses: new Map(diagnosis === null ? [] : [[report.id, diagnosis]]),
    };
  });
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  vscode.window.setStatusBarMessage(words('host/exported', { file: target.fsPath }), 5000);
};
