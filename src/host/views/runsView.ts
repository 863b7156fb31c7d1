import { basename } from 'node:path';
import * as vscode from 'vscode';
import { say, words } from '../../words/say';
import type { RunState } from '../../protocol/trainer';
import { duration } from '../../report/tables';
import { readMarks } from '../../run/runMarks';
import type { StoredRun } from '../../run/runStore';
import { commandIds, viewIds } from '../ids';
import type { Runs } from '../runs';
import type { RunNode } from '../targets';
import { recipesOfBaselines, runTitle } from '../../run/runTitles';
import { bestRuns, byDataset } from './runGroups';

type Node =
  | RunNode
  | { readonly kind: 'runs-of'; readonly root: string }
  | { readonly kind: 'page'; readonly folder: string; readonly page: 'report' | 'run' };

const icons: Readonly<Record<RunState, vscode.ThemeIcon>> = {
  queued: new vscode.ThemeIcon('clock'),
  running: new vscode.ThemeIcon('sync~spin', new vscode.ThemeColor('charts.blue')),
  completed: new vscode.ThemeIcon('pass', new vscode.ThemeColor('charts.green')),
  stopped: new vscode.ThemeIcon('debug-stop'),
  failed: new vscode.ThemeIcon('error', new vscode.ThemeColor('charts.red')),
  interrupted: new vscode.ThemeIcon('debug-disconnect', new vscode.ThemeColor('charts.yellow')),
};

/** State of a run in a few words: of one that trains, stage, share and time left. */
export const describeRun = (runs: Runs, { folder, record }: StoredRun): string => {
  const state = words(`host/run-state/${record.state}`);
  const progress = runs.progress(folder);
  if (record.state !== 'running' || progress === undefined) return state;
  const { stage, share, secondsLeft } = progress;
  return secondsLeft === null
    ? words('host/run/progress', { stage, share })
    : words('host/run/progress-left', { stage, share, left: duration(secondsLeft) });
};

/** What a list says of all runs together: whose baseline each is, and which are the best. */
interface Shown {
  recipes: ReturnType<typeof recipesOfBaselines>;
  best: ReturnType<typeof bestRuns>;
}

/** The seed of a run that is one of several, and its score on validation. */
const scoreFacts = ({ folder, record }: StoredRun, { best }: Shown): readonly string[] => {
  const { repeat, score } = record;
  const kind = best.has(folder) ? 'best' : 'score';
  return [
    ...(repeat === undefined ? [] : [words('host/run/seed', { seed: String(repeat.seed) })]),
    ...(record.state === 'completed' && score
      ? [words(`host/run/${kind}/${score.kind}`, { value: score.value })]
      : []),
  ];
};

const datasetItem = (root: string, count: number): vscode.TreeItem => {
  const item = new vscode.TreeItem(basename(root), vscode.TreeItemCollapsibleState.Expanded);
  item.id = `dataset:${root}`;
  item.description = words('host/runs/count', { count });
  item.tooltip = root;
  item.iconPath = new vscode.ThemeIcon('database');
  item.contextValue = 'runsOfDataset';
  return item;
};

const runItem = (runs: Runs, stored: StoredRun, shownRuns: Shown): vscode.TreeItem => {
  const recipes = shownRuns.recipes.get(stored.folder) ?? [];
  const { folder, record } = stored;
  const title = runTitle(stored);
  const completed = record.state === 'completed';
  const item = new vscode.TreeItem(
    title,
    completed ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
  );
  item.id = folder;
  item.contextValue = `run.${record.state === 'queued' ? 'running' : record.state}`;
  item.iconPath = icons[record.state];
  // A baseline looks like a run of its own: it says whose it is.
  const baselineOf = recipes.length === 0 ? [] : [words('host/run/baseline-of', { recipes })];
  const { tags } = readMarks(folder);
  const shown = tags.map((tag) => `#${tag}`);
  const scores = scoreFacts(stored, shownRuns);
  const facts = [
    ...[...baselineOf, describeRun(runs, stored), ...scores, basename(record.datasetRoot)],
    ...shown,
  ];
  item.description = facts.join(' · ');
  const lines = [title, ...baselineOf, ...scores, record.datasetRoot, record.createdAt, folder];
  if (record.error !== null) lines.push(say(record.error));
  item.tooltip = lines.join('\n');
  item.accessibilityInformation = { label: `${title}, ${item.description}` };
  item.command = {
    command: completed ? commandIds.openReport : commandIds.openRun,
    title: words('host/open-run'),
    arguments: [folder],
  };
  return item;
};

const pageItem = (page: 'report' | 'run', folder: string): vscode.TreeItem => {
  const item = new vscode.TreeItem(words(`host/run/${page}`));
  item.id = `${folder}#${page}`;
  item.iconPath = new vscode.ThemeIcon(page === 'report' ? 'output' : 'pulse');
  item.command = {
    command: page === 'report' ? commandIds.openReport : commandIds.openRun,
    title: words('host/open-run'),
    arguments: [folder],
  };
  return item;
};

/** How often the list is redrawn while runs report steps. */
const redrawMs = 1000;

/** The runs of the store, newest first, with the report of those that ended well. */
export const createRunsView = (runs: Runs): vscode.Disposable => {
  const changed = new vscode.EventEmitter<void>();
  const pending: { timer?: NodeJS.Timeout } = {};
  const redraw = (): void => {
    const running = runs
      .list()
      .filter(({ folder, record }) => record.state === 'running' && runs.isOurs(folder)).length;
    view.badge =
      running === 0
        ? undefined
        : { value: running, tooltip: words('host/runs/running', { count: running }) };
    changed.fire();
  };
  const soon = (): void => {
    pending.timer ??= setTimeout(() => {
      delete pending.timer;
      redraw();
    }, redrawMs);
  };
  const shown: Shown = { recipes: new Map(), best: new Set() };
  const several = (): boolean => byDataset(runs.list()).length > 1;
  const provider: vscode.TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getChildren: (node) => {
      if (node === undefined) {
        const all = runs.list();
        shown.recipes = recipesOfBaselines(all);
        shown.best = bestRuns(all);
        const groups = byDataset(all);
        return groups.length > 1
          ? groups.map(({ root }): Node => ({ kind: 'runs-of', root }))
          : all.map(({ folder }): Node => ({ kind: 'run', folder }));
      }
      if (node.kind === 'runs-of')
        return runs
          .list()
          .filter(({ record }) => record.datasetRoot === node.root)
          .map(({ folder }): Node => ({ kind: 'run', folder }));
      if (node.kind === 'page') return [];
      const { folder } = node;
      return [
        { kind: 'page', folder, page: 'report' },
        { kind: 'page', folder, page: 'run' },
      ];
    },
    getParent: (node) => {
      if (node.kind === 'page') return { kind: 'run', folder: node.folder };
      const root = node.kind === 'run' ? runs.find(node.folder)?.record.datasetRoot : undefined;
      return root === undefined || !several() ? null : { kind: 'runs-of', root };
    },
    getTreeItem: (node) => {
      if (node.kind === 'page') return pageItem(node.page, node.folder);
      if (node.kind === 'runs-of') {
        const own = runs.list().filter(({ record }) => record.datasetRoot === node.root);
        return datasetItem(node.root, own.length);
      }
      const stored = runs.find(node.folder);
      return stored === null
        ? new vscode.TreeItem(basename(node.folder))
        : runItem(runs, stored, shown);
    },
  };
  const view = vscode.window.createTreeView(viewIds.runs, {
    treeDataProvider: provider,
    showCollapseAll: true,
    canSelectMany: true,
  });
  return vscode.Disposable.from(
    view,
    changed,
    runs.onDidChange(soon),
    // Another window may have trained meanwhile.
    view.onDidChangeVisibility(({ visible }) => {
      if (visible) runs.refresh();
    }),
    { dispose: () => clearTimeout(pending.timer) },
  );
};
