import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { inspectDataset, usualRadius } from '../../dataset/inspect/inspectClient';
import { inspectionMarkdown } from '../../report/inspection';
import { words } from '../../words/say';
import type { Analysis } from '../datasets';
import { commandIds } from '../ids';
import { linkBelow, linkFrom } from '../markdownLinks';
import { folderUri } from '../samplePlaces';
import { markdownUri, showMarkdown } from '../showMarkdown';
import { analysisFor } from '../targets';
import { withProgress } from '../withProgress';
import type { Command } from './command';

/** Whether pictures are to be decoded; where there are none nothing is asked. undefined = dismissed. */
const askForDepth = async ({ profile }: Analysis): Promise<'quick' | 'near' | undefined> => {
  if (profile.dataset.modality !== 'image') return 'quick';
  const items = (['quick', 'near'] as const).map((depth) => ({
    label: words(`host/inspect/${depth}`),
    detail: words(`host/inspect/${depth}-detail`),
    depth,
  }));
  const placeHolder = words('host/inspect/depth');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.depth;
};

/** Opens every sample, on request, and shows what was found, with links to the files. */
export const inspectCommand: Command = {
  id: commandIds.inspect,
  run: async (desk, argument, asked) => {
    const analysis = await analysisFor(desk, argument);
    if (analysis === undefined) return;
    const depth = asked === 'quick' || asked === 'near' ? asked : await askForDepth(analysis);
    if (depth === undefined) return;
    const name = basename(analysis.root);
    const inspection = await withProgress(
      words('host/inspect/running', { name }),
      (signal, onProgress) =>
        inspectDataset(analysis.indexPath, {
          workerPath: desk.paths.inspectWorker,
          ...(depth === 'near' ? { near: usualRadius } : {}),
          signal,
          onProgress,
        }),
    );
    const page = `samples/${name}.md`;
    const link = linkFrom(dirname(markdownUri(desk, page).fsPath));
    const markdown = inspectionMarkdown(inspection, linkBelow(link(folderUri(analysis).fsPath)));
    await showMarkdown(desk, page, markdown);
  },
};
