import type * as vscode from 'vscode';
import type { Datasets } from './datasets';
import type { Follower } from './follow/follow';
import type { GoalMemory } from './goals';
import type { Runs } from './runs';

/** Where the bundled processes are. */
export interface BundlePaths {
  readonly scanWorker: string;
  readonly profileWorker: string;
  readonly inspectWorker: string;
  readonly trainer: string;
  readonly correctWorker: string;
  readonly exportWorker: string;
  readonly language: string;
}

/** The bundles beside the extension's own. */
export const bundlePaths = (context: vscode.ExtensionContext): BundlePaths => {
  const dist = (name: string): string => context.asAbsolutePath(`dist/${name}.js`);
  return {
    scanWorker: dist('scanWorker'),
    profileWorker: dist('profileWorker'),
    inspectWorker: dist('inspectWorker'),
    trainer: dist('trainer'),
    correctWorker: dist('correctWorker'),
    exportWorker: dist('exportWorker'),
    language: dist('language'),
  };
};

/** What every command, view and panel works with; built once by `activate`. */
export interface Host {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly paths: BundlePaths;
  readonly datasets: Datasets;
  readonly goals: GoalMemory;
  readonly follower: Follower;
  readonly runs: Runs;
}
