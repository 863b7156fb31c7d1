import * as vscode from 'vscode';
import { runTitle } from '../../run/runTitles';
import type { StoredRun } from '../../run/runStore';
import { words } from '../../words/say';
import { commandIds } from '../ids';
import type { Runs } from '../runs';
import { describeRun } from './runsView';

/** How often the item is written anew while runs report steps. */
const rewriteMs = 1000;
const longestTitle = 32;

const short = (title: string): string =>
  title.length <= longestTitle ? title : `${title.slice(0, longestTitle - 1)}…`;

/** The runs of this window that train now, the one that began first in front. */
const training = (runs: Runs): readonly StoredRun[] =>
  runs
    .list()
    .filter(({ folder, record }) => record.state === 'running' && runs.isOurs(folder))
    .reverse();

/** Progress of the run that trains, in the status bar: a click opens its page. */
export const createRunStatus = (runs: Runs): vscode.Disposable => {
  const item = vscode.window.createStatusBarItem(
    'longtail.run',
    vscode.StatusBarAlignment.Left,
    10,
  );
  item.name = words('host/status/name');
  const pending: { timer?: NodeJS.Timeout } = {};
  const rewrite = (): void => {
    const [first, ...others] = training(runs);
    if (first === undefined) {
      item.hide();
      return;
    }
    const params = { title: short(runTitle(first)), state: describeRun(runs, first) };
    const more = others.length === 0 ? '' : ` (+${others.length})`;
    item.text = `$(sync~spin) ${words('host/status/run', params)}${more}`;
    item.tooltip = [first, ...others]
      .map((run) =>
        words('host/status/run', { title: runTitle(run), state: describeRun(runs, run) }),
      )
      .join('\n');
    item.command = {
      command: commandIds.openRun,
      title: words('host/open-run'),
      arguments: [first.folder],
    };
    item.show();
  };
  const soon = (): void => {
    pending.timer ??= setTimeout(() => {
      delete pending.timer;
      rewrite();
    }, rewriteMs);
  };
  return vscode.Disposable.from(item, runs.onDidChange(soon), {
    dispose: () => clearTimeout(pending.timer),
  });
};
