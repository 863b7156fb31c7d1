import * as vscode from 'vscode';
import { LongtailError } from '../../common/errors';
import type { CompareView, ComparedRunView } from '../../protocol/webview';
import type { ComparedRun } from '../../report/comparison/types';
import { runTitle } from '../../run/runTitles';
import { words } from '../../words/say';
import { foldersToCompare, readCompared } from '../comparedRuns';
import { exportComparison } from '../exportComparison';
import type { Host } from '../host';
import { commandIds } from '../ids';
import { attachPage } from './page';
import { createPanels, type Panels } from './panels';

export interface CompareModel {
  /** Runs that were chosen; their repetitions and baselines come along. */
  readonly folders: readonly string[];
}

const bytesOf = (values: Int32Array | Uint8Array | Float32Array): ArrayBuffer =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice().buffer;

const viewOf = ({ report, items, labels, ...run }: ComparedRun): ComparedRunView => ({
  ...run,
  // A matrix of a thousand classes is a million numbers that the page does not show.
  report: { ...report, scores: { ...report.scores, confusion: null }, baseline: null },
  items: items && {
    rows: bytesOf(items.rows),
    labels: bytesOf(items.labels),
    predicted: bytesOf(items.predicted),
  },
  labels: labels && {
    rows: bytesOf(labels.rows),
    targets: bytesOf(labels.targets),
    decisions: bytesOf(labels.decisions),
    scores: bytesOf(labels.scores),
  },
});

/** Pages that compare runs, one a choice of them. */
export const createComparePanels = (host: Host): Panels<CompareModel> => {
  const { context, log, runs } = host;
  return createPanels<CompareModel>(context.extensionUri, {
    page: 'compare',
    keyOf: ({ folders }) => [...folders].sort().join('\n'),
    titleOf: ({ folders }) => {
      const [first = ''] = folders;
      const run = runs.find(first);
      const title = run === null ? '' : runTitle(run);
      return words('host/panel/compare', { count: folders.length, title });
    },
    restore: (state) => {
      if (state.page !== 'compare') return Promise.resolve(null);
      const folders = state.folders.filter((folder) => runs.find(folder) !== null);
      return Promise.resolve(folders.length === 0 ? null : { folders });
    },
    attach: (panel, { folders }, onDispose) => {
      const shown = { folders: '' };
      const show = (): void => {
        const all = foldersToCompare(folders, runs);
        const compared = readCompared(all, runs);
        if (compared.length === 0) throw new LongtailError('host/compare-runs/none');
        const view: CompareView = { runs: compared.map(viewOf) };
        shown.folders = all.join('\n');
        page.post({ kind: 'comparison/show', view, state: { page: 'compare', folders } });
      };
      const folderOf = (id: string): string | undefined =>
        runs.list().find(({ record }) => record.id === id)?.folder;
      const page = attachPage({
        panel,
        extensionUri: context.extensionUri,
        log,
        page: 'compare',
        onReady: show,
        handlers: {
          'comparison/repeat': async ({ run }) => {
            await vscode.commands.executeCommand(commandIds.repeatRun, folderOf(run), true);
          },
          'comparison/openReport': async ({ run }) => {
            await vscode.commands.executeCommand(commandIds.openReport, folderOf(run));
          },
          'comparison/export': ({ reference }) =>
            exportComparison(readCompared(foldersToCompare(folders, runs), runs), reference),
        },
        onDispose: () => {
          changes.dispose();
          onDispose();
        },
      });
      // A repetition that ends joins its group.
      const changes = runs.onDidChange(() => {
        if (shown.folders === '' || !panel.visible) return;
        if (foldersToCompare(folders, runs).join('\n') !== shown.folders) show();
      });
      return page;
    },
  });
};
