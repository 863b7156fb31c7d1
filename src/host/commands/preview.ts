import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { LongtailError } from '../../common/errors';
import { checkTrainable } from '../../config/combinations';
import { factsOf } from '../../config/facts';
import { resolveDataset } from '../../config/paths';
import { formatOptionsIn } from '../../dataset/formatOptions';
import { analyzeWithProgress, datasetRoot } from '../analyze';
import { commandIds } from '../ids';
import { scannedFingerprint } from '../scannedFingerprint';
import type { Command } from './command';
import { checkedConfig, configFor } from './train';

/** Shows what a config would do, from the labels alone: nothing is trained or written. */
export const previewCommand: Command = {
  id: commandIds.preview,
  run: async (desk, argument, recipe) => {
    const configPath = await configFor(desk, argument, recipe);
    if (configPath === undefined) return;
    const { config } = await checkedConfig(desk, configPath);
    const dataset = resolveDataset(config.dataset, dirname(configPath).replaceAll('\\', '/'));
    const root = datasetRoot(dataset.root);
    // A scan with other options may have other samples, and other splits.
    const isAsScanned = scannedFingerprint(desk.datasets, root, dataset) !== undefined;
    const analysis =
      (isAsScanned ? desk.datasets.analysis(root) : undefined) ??
      (await analyzeWithProgress(desk, dataset.root, { format: formatOptionsIn(dataset) }));
    const [forbidden] = checkTrainable(factsOf(analysis.profile));
    if (forbidden !== undefined) throw new LongtailError(forbidden.code, forbidden.params);
    const problem = await desk.language.get().preview(vscode.Uri.file(configPath), analysis);
    if (problem !== null) throw new LongtailError(problem.code, problem.params);
  },
};
