import type * as vscode from 'vscode';
import type { Host } from '../host';
import { createDatasetsView } from './datasetsView';
import { createRunStatus } from './runStatus';
import { createRunsView } from './runsView';

/** The trees of the side bar, and the runs in the status bar. */
export const createViews = ({ datasets, runs }: Host): readonly vscode.Disposable[] => [
  createDatasetsView(datasets),
  createRunsView(runs),
  createRunStatus(runs),
];
