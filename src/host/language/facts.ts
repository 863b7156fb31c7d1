import { dirname } from 'node:path';
import type * as vscode from 'vscode';
import { factsOf, type DatasetFacts } from '../../config/facts';
import { resolvePath } from '../../config/paths';
import { readYaml } from '../../dataset/bytes/plainYaml';
import { datasetRoot } from '../analyze';
import type { Analysis, Datasets } from '../datasets';

/** Paths of `dataset` in a config as it is being typed: the rest of it need not be valid. */
const pathsIn = (text: string): ((key: 'root' | 'splitLists') => string | null) => {
  const config: unknown = readYaml(text);
  const dataset: unknown = config instanceof Map ? config.get('dataset') : undefined;
  return (key) => {
    const path: unknown = dataset instanceof Map ? dataset.get(key) : undefined;
    return typeof path === 'string' && path !== '' ? path : null;
  };
};

/** The scan of this window of the dataset a config names, with the same splits, where there is one. */
export const analysisOf = (
  document: vscode.TextDocument,
  datasets: Datasets,
): Analysis | undefined => {
  const pathOf = pathsIn(document.getText());
  const folder = dirname(document.uri.fsPath).replaceAll('\\', '/');
  const absolute = (key: 'root' | 'splitLists'): string | undefined => {
    const path = pathOf(key);
    return path === null ? undefined : resolvePath(folder, path);
  };
  const root = absolute('root');
  const analysis = root === undefined ? undefined : datasets.analysis(datasetRoot(root));
  return analysis?.options.splitLists === absolute('splitLists') ? analysis : undefined;
};

/** What is known of the dataset a config names, from a scan in this window. */
export const factsFor = (
  document: vscode.TextDocument,
  datasets: Datasets,
): DatasetFacts | null => {
  const profile = analysisOf(document, datasets)?.profile;
  return profile === undefined ? null : factsOf(profile);
};
