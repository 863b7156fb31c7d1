import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { words } from '../../words/say';
import { runFiles } from '../../protocol/runFiles';
import { readEvents, readReport } from '../../run/runStore';
import { watchRun } from '../../run/watchRun';
import type { RunView } from '../../protocol/webview';
import { openText } from '../configFile';
import type { Host } from '../host';
import { commandIds } from '../ids';
import { attachPage } from './page';
import { createPanels, type Panels } from './panels';
import { shownReport } from './shownReport';
import { testFileHandlers } from './testFiles';

export interface RunModel {
  readonly folder: string;
  readonly title: string;
}

/** What the page shows of a run: read from its folder, so that any window can show any run. */
const viewOf = ({ runs, datasets }: Host, folder: string): RunView | null => {
  const stored = runs.find(folder);
  if (stored === null) return null;
  const { record } = stored;
  const report = record.state === 'completed' ? readReport(folder) : null;
  const profile = datasets.analysis(record.datasetRoot)?.profile;
  const scheme = (report?.bands ?? profile?.bands)?.scheme === 'rank' ? 'rank' : 'count';
  return {
    record,
    events: readEvents(folder),
    report: report === null ? null : shownReport(report),
    dataset: { name: basename(record.datasetRoot), scheme },
    ours: runs.isOurs(folder),
  };
};

/** Run pages, one a run. */
export const createRunPanels = (host: Host): Panels<RunModel> => {
  const { context, log, runs } = host;
  return createPanels<RunModel>(context.extensionUri, {
    page: 'run',
    keyOf: ({ folder }) => folder,
    titleOf: ({ title }) => words('host/panel/run', { title }),
    restore: (state) => {
      const stored = state.page === 'run' ? runs.find(state.folder) : null;
      return Promise.resolve(
        stored === null ? null : { folder: stored.folder, title: stored.record.title },
      );
    },
    attach: (panel, { folder }, onDispose) => {
      const shown = { state: '' };
      const show = (): void => {
        const view = viewOf(host, folder);
        if (view === null) return;
        shown.state = `${view.record.state} ${view.ours}`;
        panel.title = words('host/panel/run', { title: view.record.title });
        page.post({ kind: 'run/show', view, state: { page: 'run', folder } });
      };
      const page = attachPage({
        panel,
        extensionUri: context.extensionUri,
        log,
        page: 'run',
        onReady: show,
        handlers: {
          'run/stop': () => runs.stop(folder),
          'run/resume': () => void vscode.commands.executeCommand(commandIds.resume, folder),
          'run/openConfig': () => openText(vscode.Uri.file(join(folder, runFiles.config))),
          'run/showLog': () => openText(vscode.Uri.file(join(folder, runFiles.log))),
          ...testFileHandlers(host, folder, (message) => page.post(message)),
        },
        onDispose: () => {
          watching.dispose();
          changes.dispose();
          onDispose();
        },
      });
      // Nothing is posted before the page is ready; what comes twice replaces itself by its seq.
      const watching = watchRun(folder, (events) => page.post({ kind: 'run/events', events }));
      const changes = runs.onDidChange(() => {
        const record = runs.find(folder)?.record;
        if (`${record?.state ?? ''} ${runs.isOurs(folder)}` !== shown.state) show();
      });
      return page;
    },
  });
};
