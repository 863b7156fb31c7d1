import * as vscode from 'vscode';
import { LongtailError } from '../../common/errors';
import type { ToPage } from '../../protocol/webview';
import type { BenchSetting } from '../../report/bench/setting';
import type { RunReport } from '../../report/types';
import { readRun } from '../../run/runStore';
import { words } from '../../words/say';
import { keptConfigText, scoreOnce, writeModelPosthoc } from '../outputs/keepSetting';
import { readSetting } from '../outputs/kept';
import type { RunFolders } from '../../outputs/diagnosis';

/** Writes a setting into the config a run was started from, which stays open to be looked at. */
const writeConfig = async (
  path: string,
  setting: BenchSetting,
  { dataset, trainCounts }: RunReport,
): Promise<void> => {
  const uri = vscode.Uri.file(path);
  const document = await vscode.workspace.openTextDocument(uri).then(
    (opened) => opened,
    () => null,
  );
  if (document === null) throw new LongtailError('host/keep/config', { path });
  const text = document.getText();
  const next = keptConfigText(text, path, setting, {
    classNames: dataset.classNames,
    trainCounts,
  });
  if (next === text) return;
  const edit = new vscode.WorkspaceEdit();
  const all = new vscode.Range(document.positionAt(0), document.positionAt(text.length));
  edit.replace(uri, all, next);
  if (!(await vscode.workspace.applyEdit(edit)) || !(await document.save()))
    throw new LongtailError('host/keep/config', { path });
};

/**
 * Keeps a setting of the bench: in the config, beside the run's model, and, the first one, scored
 * on test. What comes from the page is read as if from a file.
 */
export const keepSetting = async (
  report: RunReport,
  folders: RunFolders,
  asked: unknown,
): Promise<ToPage> => {
  const setting = readSetting(asked);
  const stored = readRun(folders.own);
  if (setting === null || stored === null) throw new LongtailError('host/keep/model', {});
  const { configPath } = stored.record;
  // The model first: a setting that does not fit it must not reach the config.
  writeModelPosthoc(report, folders, setting);
  await writeConfig(configPath, setting, report);
  const kept = scoreOnce(report, folders, setting);
  vscode.window.setStatusBarMessage(
    words('host/keep/written', { file: vscode.workspace.asRelativePath(configPath) }),
    5000,
  );
  return { kind: 'report/kept', kept, written: setting };
};
