import { dirname } from 'node:path';
import type * as vscode from 'vscode';
import { factsOf, type DatasetFacts } from '../../config/facts';
import { resolvePath } from '../../config/paths';
import { readYaml } from '../../dataset/bytes/plainYaml';
import { datasetRoot } from '../analyze';
import type { Analysis, Datasets } from '../datasets';

/** `dataset.root` of a config as it is being typed: the rest of it need not be valid. */
const rootIn = (text: string): string | null => {
  const config: unknown = readYaml(text);
  const dataset: unknown = config instanceof Map ? config.get('dataset') : undefined;
  const root: unknown = dataset instanceof Map ? dataset.get('root') : undefined;
  return typeof root === 'string' && root !== '' ? root : null;
};

/** The scan of this window of the dataset a config names, where there is one. */
export const analysisOf = (
  document: vscode.TextDocument,
  datasets: Datasets,
): Analysis | undefined => {
  const root = rootIn(document.getText());
  if (root === null) return undefined;
  const folder = dirname(document.uri.fsPath).replaceAll('\\', '/');
  return datasets.analysis(datasetRoot(resolvePath(folder, root)));
};

/** What is known of the dataset a config names, from a scan in this window. */
export const factsFor = (
  document: vscode.TextDocument,
  datasets: Datasets,
): DatasetFacts | null => {
  const profile = analysisOf(document, datasets)?.profile;
  return profile === undefined ? null : factsOf(profile);
};
