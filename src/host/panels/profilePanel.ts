import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Message } from '../../common/errors';
import { checkTrainable } from '../../config/combinations';
import { words } from '../../words/say';
import type { ShownChanges } from '../../report/countChanges';
import type { AdviceView, ProfileView } from '../../protocol/webview';
import { readAskedGoals, type AskedGoals } from '../../recommend/asked';
import { frameworks } from '../../recommend/frameworkDefects';
import { adviseAgain } from '../adviseAgain';
import { ignoring } from '../../dataset/classChoice';
import type { ClassChoice } from '../../dataset/classView';
import { guarded } from '../failure';
import { shownAnalysis } from '../shownAnalysis';
import { analyzeWithProgress } from '../analyze';
import type { Analysis } from '../datasets';
import { effectOf } from '../effect';
import type { LongTailProfile } from '../../profile/types';
import type { Host } from '../host';
import { commandIds } from '../ids';
import { attachPage } from './page';
import { askForShares } from './askForShares';
import { askToMerge } from './chooseClasses';
import { createClassFiles } from './classFiles';
import { createPanels, type Panels } from './panels';

/** A panel knows its dataset; the analysis may still have to be made, after a reload. */
export interface ProfileModel {
  readonly root: string;
  /** The part to bring into view. */
  readonly part?: 'advice';
  /** What it was just compared with. */
  readonly compared?: ShownChanges;
}

const cannotTrain = ({ facts }: Analysis): Message | null => {
  if (!vscode.workspace.isTrusted) return { code: 'host/untrusted-train', params: {} };
  return checkTrainable(facts.dataset)[0] ?? null;
};

const adviceOf = ({ root, advice }: Analysis, { goals }: Pick<Host, 'goals'>): AdviceView => ({
  advice,
  asked: goals.of(root),
  frameworks,
});

const viewOf = (
  analysis: Analysis,
  host: Pick<Host, 'runs' | 'goals' | 'datasets'>,
): ProfileView => ({
  name: basename(analysis.root),
  profile: analysis.facts,
  columns: analysis.columns,
  choice: {
    ignored: analysis.classes?.ignore.length ?? 0,
    merged: Object.entries(analysis.classes?.merge ?? {}).map(([into, members]) => ({
      into,
      count: members.length,
    })),
  },
  bandsSet: analysis.bandsSet ?? null,
  advice: adviceOf(analysis, host),
  scanSeconds: analysis.scanSeconds,
  stale: host.datasets.isStale(analysis.root),
  cannotTrain: cannotTrain(analysis),
  effect: effectOf(analysis, host.runs),
});

/** Profile pages, one a dataset. */
export const createProfilePanels = (host: Host): Panels<ProfileModel> => {
  const { context, log, datasets, goals, follower } = host;
  const run = (command: string, ...args: unknown[]): void =>
    void vscode.commands.executeCommand(command, ...args);
  /** By root: a page that was hidden is built anew and shows it again. */
  const compared = new Map<string, ShownChanges>();
  return createPanels<ProfileModel>(context.extensionUri, {
    page: 'profile',
    keyOf: ({ root }) => root,
    again: (page, { root, part, compared: changes }) => {
      if (changes !== undefined) {
        compared.set(root, changes);
        page.post({ kind: 'profile/compared', changes });
      }
      if (part !== undefined) page.post({ kind: 'profile/focus', part });
    },
    titleOf: ({ root }) => words('host/panel/profile', { name: basename(root) }),
    restore: (state) => Promise.resolve(state.page === 'profile' ? { root: state.root } : null),
    attach: (panel, { root, part, compared: asked }, onDispose) => {
      if (asked !== undefined) compared.set(root, asked);
      const latest: { turn: number; profile?: LongTailProfile } = { turn: 0 };
      /** Shows the classes as they were chosen; what was asked for last is what stays. */
      const show = async (analysis: Analysis): Promise<void> => {
        const turn = ++latest.turn;
        latest.profile = analysis.profile;
        const view = viewOf(await shownAnalysis(host, analysis), host);
        if (turn !== latest.turn) return;
        page.post({ kind: 'profile/show', view, state: { page: 'profile', root } });
        const changes = compared.get(root);
        if (changes !== undefined) page.post({ kind: 'profile/compared', changes });
      };
      const showAgain = async (): Promise<void> => {
        const analysis = datasets.analysis(root);
        if (analysis !== undefined) await show(analysis);
      };
      /** What is shown already is not built anew: whoever reads it keeps their place. */
      const follow = async (): Promise<void> => {
        const analysis = datasets.analysis(root);
        if (analysis !== undefined && analysis.profile !== latest.profile) await show(analysis);
        else if (datasets.isStale(root)) page.post({ kind: 'profile/stale' });
      };
      const look = (): void => {
        if (panel.visible && vscode.window.state.focused) follower.look(root);
      };
      const rescan = async (fresh: boolean): Promise<void> => {
        if (fresh) compared.delete(root);
        page.post({
          kind: 'page/busy',
          message: { code: 'host/scanning', params: { name: basename(root) } },
        });
        const format = datasets.list().find((known) => known.root === root)?.options ?? {};
        await show(await analyzeWithProgress(host, root, { format, fresh }));
      };
      const adviseFor = async (asked: AskedGoals): Promise<void> => {
        await goals.put(root, asked);
        const analysis = datasets.analysis(root);
        if (analysis === undefined) return;
        const shown = await shownAnalysis(host, analysis);
        const advice = await adviseAgain(host, shown);
        // Answers may have changed meanwhile: the last ones have their own advice coming.
        if (JSON.stringify(goals.of(root)) !== JSON.stringify(asked)) return;
        datasets.advise(analysis, advice);
        page.post({ kind: 'profile/advice', view: adviceOf({ ...shown, advice }, host) });
      };
      /** Where no file is chosen, or it cannot be used, the form goes back to what was asked. */
      const sharesFromFile = async (analysis: Analysis): Promise<void> => {
        const shown = await shownAnalysis(host, analysis);
        const back = (): void => page.post({ kind: 'profile/advice', view: adviceOf(shown, host) });
        try {
          const shares = await askForShares(shown.profile);
          if (shares === undefined) back();
          else await adviseFor({ ...goals.of(root), deployment: 'given', shares });
        } catch (error) {
          back();
          throw error;
        }
      };
      const refreshed = vscode.Disposable.from(
        datasets.onDidChange(guarded(log, follow)),
        panel.onDidChangeViewState(look),
        vscode.window.onDidChangeWindowState(look),
        vscode.workspace.onDidGrantWorkspaceTrust(guarded(log, showAgain)),
      );
      const choose = async (
        next: (choice: ClassChoice, analysis: Analysis) => Promise<ClassChoice | undefined>,
      ): Promise<void> => {
        const analysis = datasets.analysis(root);
        if (analysis === undefined) return;
        const shown = await shownAnalysis(host, analysis);
        const choice = await next(datasets.views.of(root).classes, shown);
        if (choice === undefined) return;
        await datasets.views.chooseClasses(root, choice);
        await showAgain();
      };
      const files = createClassFiles(host, (message) => page.post(message));
      const withAnalysis = async (use: (analysis: Analysis) => Promise<void>): Promise<void> => {
        const analysis = datasets.analysis(root);
        if (analysis !== undefined) await use(analysis);
      };
      const page = attachPage({
        panel,
        extensionUri: context.extensionUri,
        log,
        page: 'profile',
        onReady: async () => {
          const analysis = datasets.analysis(root);
          if (analysis === undefined) await rescan(false);
          else await show(analysis);
          if (part !== undefined) page.post({ kind: 'profile/focus', part });
        },
        handlers: {
          'profile/rescan': () => rescan(true),
          'profile/createConfig': ({ recommendation }) =>
            run(commandIds.createConfig, root, recommendation),
          'profile/train': ({ recommendation }) => run(commandIds.train, root, recommendation),
          'profile/copyAsCode': () => run(commandIds.copyAsCode, root),
          'profile/compare': () => run(commandIds.compare, root),
          'profile/closeComparison': () => void compared.delete(root),
          'profile/sharesFile': () => withAnalysis(sharesFromFile),
          'profile/goals': ({ asked }) => adviseFor(readAskedGoals(asked)),
          'profile/ignore': ({ classes }) =>
            choose((choice) => Promise.resolve(ignoring(choice, classes))),
          'profile/merge': ({ classes }) =>
            choose((choice, analysis) => askToMerge(choice, classes, analysis)),
          'profile/undoClasses': async () => {
            await datasets.views.undoClasses(root);
            await showAgain();
          },
          'profile/bands': ({ thresholds }) => datasets.views.setBands(root, thresholds),
          'profile/files': ({ class: name, from }) =>
            withAnalysis((analysis) => files.list(analysis, name, from)),
          'profile/pictures': ({ class: name, from }) =>
            withAnalysis((analysis) => files.pictures(analysis, name, from)),
          'profile/file': ({ at, action }) =>
            withAnalysis((analysis) => files.act(analysis, at, action)),
        },
        onDispose: () => {
          refreshed.dispose();
          compared.delete(root);
          onDispose();
        },
      });
      return page;
    },
  });
};
