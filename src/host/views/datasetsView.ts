import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Issue } from '../../common/errors';
import { say, words } from '../../words/say';
import type { Datasets, KnownDataset } from '../datasets';
import { commandIds, viewIds } from '../ids';
import type { DatasetNode } from '../targets';

type Node =
  | DatasetNode
  | { readonly kind: 'profile'; readonly root: string }
  | { readonly kind: 'issue'; readonly root: string; readonly issue: Issue };

const issueIcons: Readonly<Record<Issue['severity'], vscode.ThemeIcon>> = {
  error: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
  warning: new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground')),
  info: new vscode.ThemeIcon('info'),
};

const openProfile = (root: string): vscode.Command => ({
  command: commandIds.showProfile,
  title: words('host/open-profile'),
  arguments: [root],
});

const describe = ({ classes, imbalanceRatio }: KnownDataset): string =>
  imbalanceRatio === null
    ? words('host/dataset/classes', { count: classes })
    : words('host/dataset/ratio', { count: classes, ratio: imbalanceRatio });

const datasetItem = (known: KnownDataset, stale: boolean): vscode.TreeItem => {
  const name = basename(known.root);
  const facts = stale ? words('host/dataset/stale', { facts: describe(known) }) : describe(known);
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = known.root;
  item.contextValue = 'dataset';
  item.iconPath = new vscode.ThemeIcon(stale ? 'history' : 'database');
  item.description = facts;
  item.tooltip = stale ? `${known.root}\n${words('host/dataset/stale-hint')}` : known.root;
  item.accessibilityInformation = { label: `${name}, ${facts}` };
  return item;
};

const profileItem = (known: KnownDataset): vscode.TreeItem => {
  const item = new vscode.TreeItem(words('host/dataset/profile'));
  item.id = `${known.root}#profile`;
  item.iconPath = new vscode.ThemeIcon('graph');
  item.description = words('host/dataset/samples', { count: known.samples });
  item.command = openProfile(known.root);
  return item;
};

const issueItem = (root: string, issue: Issue): vscode.TreeItem => {
  const sentence = say(issue);
  const item = new vscode.TreeItem(sentence);
  item.iconPath = issueIcons[issue.severity];
  item.tooltip = issue.path === undefined ? sentence : `${sentence}\n${issue.path}`;
  if (issue.path !== undefined) item.description = issue.path;
  item.command = openProfile(root);
  return item;
};

/** The list of scanned datasets with their profile and their issues; kept over a reload. */
export const createDatasetsView = (datasets: Datasets): vscode.Disposable => {
  const changed = new vscode.EventEmitter<void>();
  const find = (root: string): KnownDataset | undefined =>
    datasets.list().find((known) => known.root === root);
  const provider: vscode.TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getChildren: (node) => {
      if (node === undefined)
        return datasets.list().map(({ root }): Node => ({ kind: 'dataset', root }));
      if (node.kind !== 'dataset') return [];
      const { root } = node;
      const issues = find(root)?.issues ?? [];
      return [
        { kind: 'profile', root },
        ...issues.map((issue): Node => ({ kind: 'issue', root, issue })),
      ];
    },
    getParent: (node) => (node.kind === 'dataset' ? null : { kind: 'dataset', root: node.root }),
    getTreeItem: (node) => {
      if (node.kind === 'issue') return issueItem(node.root, node.issue);
      const known = find(node.root);
      if (known === undefined) return new vscode.TreeItem(basename(node.root));
      return node.kind === 'dataset'
        ? datasetItem(known, datasets.isStale(known.root))
        : profileItem(known);
    },
  };
  return vscode.Disposable.from(
    changed,
    datasets.onDidChange(() => changed.fire()),
    vscode.window.createTreeView(viewIds.datasets, {
      treeDataProvider: provider,
      showCollapseAll: true,
    }),
  );
};
