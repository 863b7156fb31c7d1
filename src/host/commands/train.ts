import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { LongtailError } from '../../common/errors';
import { readConfig } from '../../config/combinations';
import { resolveDataset } from '../../config/paths';
import type { RebalanceConfig } from '../../config/schema';
import { say, words } from '../../words/say';
import { datasetRoot as rootOf } from '../analyze';
import { createConfigFile } from '../configFile';
import { configsOfWorkspace, isConfigPath } from '../configsOfWorkspace';
import { commandIds } from '../ids';
import { scannedFingerprint } from '../scannedFingerprint';
import { shownAnalysisFor } from '../shownAnalysis';
import { pathOf } from '../targets';
import { chooseAdvice } from './advice';
import type { Command, Desk } from './command';

const askForConfig = async (): Promise<string | null | undefined> => {
  const active = vscode.window.activeTextEditor?.document.uri;
  if (active !== undefined && active.scheme === 'file' && isConfigPath(active.fsPath))
    return active.fsPath;
  const items = (await configsOfWorkspace()).map((uri) => ({
    label: vscode.workspace.asRelativePath(uri),
    iconPath: new vscode.ThemeIcon('file'),
    path: uri.fsPath,
  }));
  if (items.length === 0) return null;
  const other = {
    label: words('host/pick/other-dataset'),
    iconPath: new vscode.ThemeIcon('database'),
    path: null,
  };
  const placeHolder = words('host/pick/config');
  const chosen = await vscode.window.showQuickPick([...items, other], { placeHolder });
  return chosen?.path;
};

/** The config to train: given, asked for, or made for a dataset; undefined = the user backed out. */
export const configFor = async (
  desk: Desk,
  argument: unknown,
  recipe: unknown,
): Promise<string | undefined> => {
  const given = pathOf(argument);
  if (given !== undefined && isConfigPath(given)) return given;
  if (given === undefined) {
    const asked = await askForConfig();
    if (asked !== null) return asked;
  }
  const analysis = await shownAnalysisFor(desk, argument);
  if (analysis === undefined) return undefined;
  const advice = await chooseAdvice(analysis, recipe);
  if (advice === undefined) return undefined;
  return (await createConfigFile(analysis, advice))?.fsPath;
};

/** A config without mistakes, and the dataset it is for. */
export interface CheckedConfig {
  readonly config: RebalanceConfig;
  readonly datasetRoot: string;
  /** Of the dataset as it was scanned here; undefined where it was not, or read in another way. */
  readonly fingerprint: string | undefined;
}

/** Reads and checks the config here, so that a mistake is told before a process starts. */
export const checkedConfig = async (
  { datasets }: Pick<Desk, 'datasets'>,
  path: string,
): Promise<CheckedConfig> => {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
  if (document.isDirty) await document.save();
  const { config, issues } = readConfig(document.getText(), path);
  const first = issues.find(({ severity }) => severity === 'error');
  if (config === null) {
    await vscode.window.showTextDocument(document);
    const reason = first === undefined ? '' : say(first);
    throw new LongtailError('host/config-invalid', {
      file: basename(path),
      line: first?.line ?? 1,
      reason,
    });
  }
  const dataset = resolveDataset(config.dataset, dirname(path));
  const datasetRoot = dataset.root;
  const fingerprint = scannedFingerprint(datasets, rootOf(datasetRoot), dataset);
  return { config, datasetRoot, fingerprint };
};

/** Starts a run from a config, or from advice for a dataset (its config is written first). */
export const trainCommand: Command = {
  id: commandIds.train,
  run: async (desk, argument, recipe) => {
    if (!vscode.workspace.isTrusted) throw new LongtailError('host/untrusted-train');
    const configPath = await configFor(desk, argument, recipe);
    if (configPath === undefined) return;
    const { datasetRoot, fingerprint } = await checkedConfig(desk, configPath);
    const title = basename(configPath);
    const run = desk.runs.start({ configPath, title, datasetRoot, fingerprint });
    desk.runPages.show({ folder: run.folder, title });
  },
};
