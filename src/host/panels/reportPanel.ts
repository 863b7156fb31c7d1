import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { LongtailError } from '../../common/errors';
import { configSchema, posthocSchema, stageSchema } from '../../config/schema';
import { runFiles } from '../../protocol/runFiles';
import { sweepChoice } from '../../recommend/sweepChoice';
import { isReportFormat } from '../../report/formatNames';
import { parseSweep } from '../../report/sweep/schema';
import type { SweepReport } from '../../report/sweep/types';
import type { RunReport } from '../../report/types';
import { readEvents, readReport } from '../../run/runStore';
import { say, words } from '../../words/say';
import { openText } from '../configFile';
import { exportReport } from '../exportReport';
import type { Host } from '../host';
import { commandIds } from '../ids';
import type { RunFolders } from '../../outputs/diagnosis';
import { reportOutputs } from '../outputs/reportOutputs';
import { keepSetting } from './keepFromPage';
import { attachPage, type Page } from './page';
import { createPanels, type Panels } from './panels';
import { runFoldersOf } from './runFolders';
import { shownReport } from './shownReport';
import { testFileHandlers } from './testFiles';

export interface ReportModel {
  readonly folder: string;
  readonly title: string;
}

/** The sweep of a run, if it is one. One that cannot be read is logged: its report stands without. */
const sweepIn = (folder: string, log: Host['log']): SweepReport | null => {
  const path = join(folder, runFiles.sweep);
  if (!existsSync(path)) return null;
  try {
    const parts = { config: configSchema, stage: stageSchema, posthoc: posthocSchema };
    return parseSweep(readFileSync(path, 'utf8'), path, parts);
  } catch (error) {
    log.error(error instanceof LongtailError ? say(error) : String(error));
    return null;
  }
};

/** What the advice of this window comes to in a sweep, if it is for the data the run saw. */
const advisedFor = ({ datasets }: Host, { dataset }: RunReport): string | null => {
  const analysis = datasets.analysis(dataset.root);
  return analysis?.profile.dataset.fingerprint === dataset.fingerprint
    ? sweepChoice(analysis.advice)
    : null;
};

/** Report pages, one a finished run. */
export const createReportPanels = (host: Host): Panels<ReportModel> => {
  const { context, log } = host;
  return createPanels<ReportModel>(context.extensionUri, {
    page: 'report',
    keyOf: ({ folder }) => folder,
    titleOf: ({ title }) => words('host/panel/report', { title }),
    restore: (state) => {
      const report = state.page === 'report' ? readReport(state.folder) : null;
      return Promise.resolve(
        report === null || state.page !== 'report'
          ? null
          : { folder: state.folder, title: report.title },
      );
    },
    attach: (panel, { folder }, onDispose) => {
      const foldersOf = (report: RunReport): RunFolders => runFoldersOf(host, folder, report);
      const postOutputs = (to: Page, report: RunReport): void => {
        try {
          to.post({ kind: 'report/outputs', outputs: reportOutputs(report, foldersOf(report)) });
        } catch (error) {
          // The report stands without them.
          log.error(error instanceof LongtailError ? say(error) : String(error));
        }
      };
      const page = attachPage({
        panel,
        extensionUri: context.extensionUri,
        log,
        page: 'report',
        onReady: () => {
          const report = readReport(folder);
          if (report === null) throw new LongtailError('host/no-report', { folder });
          page.post({
            kind: 'report/show',
            view: {
              report: shownReport(report),
              sweep: sweepIn(folder, log),
              advised: advisedFor(host, report),
              events: readEvents(folder),
            },
            state: { page: 'report', folder },
          });
          postOutputs(page, report);
        },
        handlers: {
          'report/openConfig': () => openText(vscode.Uri.file(join(folder, runFiles.config))),
          'report/showRun': () => void vscode.commands.executeCommand(commandIds.openRun, folder),
          'report/repeat': async () => {
            await vscode.commands.executeCommand(commandIds.repeatRun, folder, true);
          },
          'report/compare': async () => {
            await vscode.commands.executeCommand(commandIds.compareRuns, folder);
          },
          'report/export': ({ format }) =>
            isReportFormat(format) ? exportReport(host, folder, format) : undefined,
          ...testFileHandlers(host, folder, (message) => page.post(message)),
          'report/keep': async ({ setting }) => {
            const report = readReport(folder);
            if (report === null) throw new LongtailError('host/no-report', { folder });
            page.post(await keepSetting(report, foldersOf(report), setting));
          },
        },
        onDispose,
      });
      return page;
    },
  });
};
