import { basename } from 'node:path';
import * as vscode from 'vscode';
import { baselineOf, readBaseline } from '../../check/baseline';
import { compareCounts, sideOf, type CountComparison } from '../../check/compareCounts';
import type { Baseline } from '../../check/types';
import { shownChanges } from '../../report/countChanges';
import { words } from '../../words/say';
import { datasetRoot } from '../analyze';
import type { Analysis } from '../datasets';
import { commandIds } from '../ids';
import { analysisFor } from '../targets';
import type { Command, Desk } from './command';

/** What a profile is compared with. */
type Other =
  | { readonly kind: 'split'; readonly split: string }
  | { readonly kind: 'dataset'; readonly root: string }
  | { readonly kind: 'baseline'; readonly uri: vscode.Uri };

interface OtherItem extends vscode.QuickPickItem {
  /** null: a file that is still to be chosen. */
  readonly other: Other | null;
}

const otherSplits = ({ profile }: Analysis): readonly string[] =>
  Object.keys(profile.splits).filter((name) => name !== profile.profiledSplit);

const askForFile = async (): Promise<Other | undefined> => {
  const chosen = await vscode.window.showOpenDialog({
    canSelectMany: false,
    filters: { JSON: ['json'] },
    title: words('host/compare/file'),
  });
  const uri = chosen?.[0];
  return uri && { kind: 'baseline', uri };
};

const askForOther = async ({ datasets }: Desk, analysis: Analysis): Promise<Other | undefined> => {
  const { profiledSplit } = analysis.profile;
  const items: readonly OtherItem[] = [
    {
      label: words('host/compare/baseline'),
      iconPath: new vscode.ThemeIcon('history'),
      other: null,
    },
    ...otherSplits(analysis).map((split): OtherItem => ({
      label: words('host/compare/split', { split, profiled: profiledSplit }),
      iconPath: new vscode.ThemeIcon('split-horizontal'),
      other: { kind: 'split', split },
    })),
    ...datasets
      .list()
      .filter(({ root }) => root !== analysis.root)
      .map(({ root }): OtherItem => ({
        label: basename(root),
        description: root,
        iconPath: new vscode.ThemeIcon('database'),
        other: { kind: 'dataset', root },
      })),
  ];
  const placeHolder = words('host/compare/with', { name: basename(analysis.root) });
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder,
    matchOnDescription: true,
  });
  return chosen === undefined ? undefined : (chosen.other ?? (await askForFile()));
};

/** What a caller named: a split of this dataset, a baseline file, or another dataset's path. */
const named = (analysis: Analysis, argument: unknown): Other | undefined => {
  if (typeof argument !== 'string') return undefined;
  if (otherSplits(analysis).includes(argument)) return { kind: 'split', split: argument };
  return argument.endsWith('.json')
    ? { kind: 'baseline', uri: vscode.Uri.file(argument) }
    : { kind: 'dataset', root: datasetRoot(argument) };
};

/** The split to take of an earlier state: the one profiled now where it has that, else its own. */
const splitOf = ({ splits, profiledSplit }: Baseline, wanted: string): string =>
  splits.some(({ name }) => name === wanted) ? wanted : profiledSplit;

const compareWith = async (
  desk: Desk,
  analysis: Analysis,
  other: Other,
): Promise<CountComparison | undefined> => {
  const now = baselineOf(analysis.profile);
  const { profiledSplit } = now;
  const name = basename(analysis.root);
  if (other.kind === 'split')
    return compareCounts(
      sideOf(now, profiledSplit, profiledSplit),
      sideOf(now, other.split, other.split),
      'shares',
    );
  if (other.kind === 'baseline') {
    const bytes = await vscode.workspace.fs.readFile(other.uri);
    const before = readBaseline(new TextDecoder().decode(bytes), other.uri.fsPath);
    const title = words('host/compare/before', { file: basename(other.uri.fsPath) });
    return compareCounts(
      sideOf(before, splitOf(before, profiledSplit), title),
      sideOf(now, profiledSplit, words('host/compare/now')),
      'counts',
    );
  }
  const theirs = await analysisFor(desk, other.root);
  if (theirs === undefined) return undefined;
  const before = baselineOf(theirs.profile);
  const title = basename(theirs.root) === name ? theirs.root : basename(theirs.root);
  return compareCounts(
    sideOf(before, before.profiledSplit, title),
    sideOf(now, profiledSplit, basename(theirs.root) === name ? analysis.root : name),
    'shares',
  );
};

/** Compares a profile with a split, another dataset or an earlier state, and shows what changed. */
export const compareCommand: Command = {
  id: commandIds.compare,
  run: async (desk, argument, asked) => {
    const analysis = await analysisFor(desk, argument);
    if (analysis === undefined) return;
    const other = named(analysis, asked) ?? (await askForOther(desk, analysis));
    if (other === undefined) return;
    const comparison = await compareWith(desk, analysis, other);
    if (comparison === undefined) return;
    desk.profiles.show({ root: analysis.root, compared: shownChanges(comparison) });
  },
};
