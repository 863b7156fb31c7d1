import * as vscode from 'vscode';
import { foldersToWatch } from './foldersToWatch';

/** Changes come in crowds: the dataset is looked at when this long nothing more has come. */
const quietMs = 1000;

/** Flat watchers on the folders of a dataset; calls back once after a crowd of changes. */
export const watchDataset = (root: string, onChange: () => void): { dispose(): void } => {
  const state: { timer?: NodeJS.Timeout; disposed: boolean; watchers: { dispose(): void }[] } = {
    disposed: false,
    watchers: [],
  };
  const changed = (): void => {
    clearTimeout(state.timer);
    state.timer = setTimeout(onChange, quietMs);
  };
  const watch = (folder: string, pattern: string): vscode.Disposable => {
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.file(folder), pattern),
    );
    return vscode.Disposable.from(
      watcher,
      watcher.onDidCreate(changed),
      watcher.onDidChange(changed),
      watcher.onDidDelete(changed),
    );
  };
  void foldersToWatch(root).then((folders) => {
    if (!state.disposed)
      state.watchers = folders.map(({ folder, pattern }) => watch(folder, pattern));
  });
  return {
    dispose: () => {
      state.disposed = true;
      clearTimeout(state.timer);
      for (const watcher of state.watchers.splice(0)) watcher.dispose();
    },
  };
};
