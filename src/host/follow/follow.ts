import * as vscode from 'vscode';
import { CancelledError } from '../../common/errors';
import { checkIndex } from '../../dataset/scanClient';
import { words } from '../../words/say';
import { analyze } from '../analyze';
import type { Host } from '../host';
import { cacheFolder, rescanSetting } from '../settings';
import { watchDataset } from './watch';

/** The newest of the list are watched; the others are looked at when their page is shown. */
const mostDatasets = 10;
/** A dataset is not compared with its index more often than this. */
const betweenChecksMs = 5000;
/** Scans that nobody asked for take at most this share of the time. */
const scanShare = 0.2;

/** Sees to it that a profile of files that have changed since says so, or is made anew. */
export interface Follower {
  /** Compares a dataset with its index now, unless that was done a moment ago. */
  look(root: string): void;
  dispose(): void;
}

type Needs = Pick<Host, 'context' | 'log' | 'paths' | 'datasets' | 'goals'>;

const optionsOf = ({ datasets }: Needs, root: string) =>
  datasets.list().find((known) => known.root === root)?.options;

/** Scans a dataset again with no more than a note in the status bar. */
const scanQuietly = async (host: Needs, root: string, signal: AbortSignal): Promise<void> => {
  const title = words('host/scanning', { name: root.split('/').at(-1) ?? root });
  const analysis = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title },
    () => analyze(host, root, { format: optionsOf(host, root) ?? {}, signal }),
  );
  // Taken off the list meanwhile: it stays off.
  if (optionsOf(host, root) !== undefined) await host.datasets.put(analysis);
};

/** Follows the datasets of the list: flat watchers, and a comparison by size and time of every file. */
export const createFollower = (host: Needs): Follower => {
  const { context, log, paths, datasets } = host;
  const watchers = new Map<string, { dispose(): void }>();
  const checked = new Map<string, number>();
  const waiting = new Map<string, NodeJS.Timeout>();
  const busy = new Set<string>();
  const stop = new AbortController();
  const { signal } = stop;

  const check = async (root: string): Promise<void> => {
    const options = optionsOf(host, root);
    if (options === undefined || busy.has(root) || signal.aborted) return;
    busy.add(root);
    try {
      const before = datasets.analysis(root);
      const state = await checkIndex(root, options, {
        workerPath: paths.scanWorker,
        cacheFolder: cacheFolder(context),
        signal,
      });
      // An index that is not there tells nothing of the files; a scan meanwhile knows better.
      if (state !== 'changed' || datasets.analysis(root)?.profile !== before?.profile) return;
      datasets.markStale(root);
      if (before === undefined || rescanSetting() !== 'automatic') return;
      const started = Date.now();
      await scanQuietly(host, root, signal);
      // The next comparison waits, so that a dataset which changes all the time does not keep a core busy.
      checked.set(root, started + (Date.now() - started) / scanShare);
    } catch (error) {
      // Nobody asked for it: the mark stays, a scan by hand says what is wrong.
      if (!(error instanceof CancelledError)) log.warn(String(error));
    } finally {
      busy.delete(root);
    }
  };
  /** At once, or when the last comparison is long enough ago; one that waits already is enough. */
  const look = (root: string): void => {
    if (waiting.has(root)) return;
    const wait = Math.max(0, (checked.get(root) ?? 0) + betweenChecksMs - Date.now());
    const start = (): void => {
      waiting.delete(root);
      checked.set(root, Date.now());
      void check(root);
    };
    waiting.set(root, setTimeout(start, wait));
  };
  const follow = (): void => {
    const wanted = new Set(
      datasets
        .list()
        .slice(0, mostDatasets)
        .map(({ root }) => root),
    );
    for (const [root, watcher] of [...watchers])
      if (!wanted.has(root)) {
        watcher.dispose();
        watchers.delete(root);
      }
    for (const root of wanted)
      if (!watchers.has(root))
        watchers.set(
          root,
          watchDataset(root, () => look(root)),
        );
  };
  follow();
  const following = vscode.Disposable.from(
    datasets.onDidChange(follow),
    // A scan may have found folders that were not there when the watchers were made.
    datasets.onDidScan((root) => {
      watchers.get(root)?.dispose();
      watchers.delete(root);
      follow();
    }),
  );
  return {
    look,
    dispose: () => {
      stop.abort();
      following.dispose();
      for (const timer of waiting.values()) clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.dispose();
    },
  };
};
