import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { LongtailError } from '../../common/errors';
import { readConfig } from '../../config/combinations';
import { resolveDataset } from '../../config/paths';
import { formatOptionsIn } from '../../dataset/formatOptions';
import { exporterIds } from '../../exporters/ids';
import { writeExport } from '../../exporters/thread/client';
import { isInside } from '../../run/storePath';
import { say, words } from '../../words/say';
import { analyzeWithProgress } from '../analyze';
import { configText, openText } from '../configFile';
import type { Analysis } from '../datasets';
import { commandIds } from '../ids';
import { workspaceRoot } from '../settings';
import { shownAnalysisFor } from '../shownAnalysis';
import { pathOf } from '../targets';
import { chooseAdvice } from './advice';
import type { Command, Desk } from './command';
import { isConfigPath } from '../configsOfWorkspace';

/** What is exported: a dataset's index with a config that exists, or one that is made. */
interface Source {
  readonly analysis: Analysis;
  /** null = made from the recipe, for the folder it will stand in. */
  readonly config: { readonly text: string; readonly path: string } | null;
}

/** The dataset of a config, scanned as the config says; a config with mistakes is opened instead. */
const fromConfig = async (desk: Desk, path: string): Promise<Source | undefined> => {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
  const text = document.getText();
  const { config } = readConfig(text, path);
  if (config === null) {
    await vscode.window.showTextDocument(document);
    throw new LongtailError('host/export/config', { file: basename(path) });
  }
  const dataset = resolveDataset(config.dataset, dirname(path));
  const format = formatOptionsIn(dataset);
  const analysis = await analyzeWithProgress(desk, dataset.root, { format });
  return { analysis, config: { text, path } };
};

const sourceFor = async (desk: Desk, argument: unknown): Promise<Source | undefined> => {
  const active = vscode.window.activeTextEditor?.document.uri;
  const path =
    pathOf(argument) ??
    (active?.scheme === 'file' && isConfigPath(active.fsPath) ? active.fsPath : undefined);
  if (path !== undefined && isConfigPath(path)) return fromConfig(desk, path);
  const analysis = await shownAnalysisFor(desk, argument);
  return analysis === undefined ? undefined : { analysis, config: null };
};

const pickExporter = async (): Promise<string | undefined> => {
  const items = exporterIds.map((id) => ({
    label: words(`exporters/title-${id}`),
    detail: words(`exporters/about-${id}`),
    id,
  }));
  const placeHolder = words('host/export/pick');
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDetail: true }))?.id;
};

/** A folder outside the dataset; undefined when the user backed out. */
const pickFolder = async ({ analysis, config }: Source): Promise<string | undefined> => {
  const workspace = workspaceRoot();
  const usual = config === null ? workspace : dirname(config.path);
  const start = usual === undefined || isInside(usual, analysis.root) ? undefined : usual;
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    defaultUri: vscode.Uri.file(start ?? dirname(analysis.root)),
    openLabel: words('host/export/folder-button'),
    title: words('host/export/folder-title', { name: basename(analysis.root) }),
  });
  const folder = chosen?.[0]?.fsPath;
  if (folder !== undefined && isInside(folder, analysis.root))
    throw new LongtailError('host/export/inside', { folder });
  return folder;
};

/** A folder of its own below the chosen one: what is there already is never replaced. */
const freeFolder = (parent: string, id: string): string => {
  const name = `longtail-${id}`;
  for (let i = 1; ; i++) {
    const folder = join(parent, i === 1 ? name : `${name}-${i}`);
    if (!existsSync(folder)) return folder;
  }
};

/** What a caller or a test says instead of being asked. */
const toldOf = (value: unknown): { readonly to?: string; readonly folder?: string } => {
  if (typeof value !== 'object' || value === null) return {};
  const { to, folder } = value as { readonly to?: unknown; readonly folder?: unknown };
  return {
    ...(typeof to === 'string' ? { to } : {}),
    ...(typeof folder === 'string' ? { folder } : {}),
  };
};

/**
 * Code for a framework, as files in a folder outside the dataset; the first one is opened. From a
 * config, or from a dataset with its first advice; the config is then written beside the code.
 */
export const exportCommand: Command = {
  id: commandIds.export,
  run: async (desk, argument, answers) => {
    const source = await sourceFor(desk, argument);
    if (source === undefined) return;
    const told = toldOf(answers);
    const exporter = told.to ?? (await pickExporter());
    if (exporter === undefined) return;
    const parent = told.folder ?? (await pickFolder(source));
    if (parent === undefined) return;
    const out = freeFolder(parent, exporter);
    const { analysis } = source;
    const recipe = source.config === null ? await chooseAdvice(analysis, null) : null;
    const config =
      source.config === null
        ? {
            text: configText(analysis, recipe ?? null, out),
            path: join(out, 'longtail.yaml'),
            made: true,
          }
        : { ...source.config, made: false };
    const { indexPath } = analysis;
    const title = words('host/export/running', { name: basename(analysis.root) });
    const { paths, issues } = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title },
      () => writeExport(desk.paths.exportWorker, { indexPath, config, exporter, out }),
    );
    const [first] = paths;
    if (first !== undefined) await openText(vscode.Uri.file(first));
    vscode.window.setStatusBarMessage(words('host/export/done', { folder: out }), 8000);
    if (issues.length > 0)
      void vscode.window.showWarningMessage(issues.map((issue) => say(issue)).join(' '));
  },
};
