import { sep } from 'node:path';
import * as vscode from 'vscode';
import { words } from '../words/say';
import { CancelledError } from '../common/errors';
import { scanToFile } from '../dataset/scanClient';
import type { FormatOptions, ScanProgress } from '../dataset/types';
import { hasNativeRuntime } from '../runtime/folder';
import type { Analysis } from './datasets';
import type { Host } from './host';
import { profileInThread } from './profileJob';
import { cacheFolder, trainerEnvironment } from './settings';

export interface AnalyzeOptions {
  readonly format?: FormatOptions;
  /** Read everything again. */
  readonly fresh?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ScanProgress) => void;
}

/** The path as datasets are known by: '/' between parts, none at the end. */
export const datasetRoot = (path: string): string =>
  path
    .split(sep)
    .join('/')
    .replace(/(?<=.)\/+$/, '');

/**
 * Scan, profile, advice: the same core as the shell, each in a thread. Throws what `scanToFile` and
 * `profileInThread` throw.
 */
export const analyze = async (
  { context, paths, goals }: Pick<Host, 'context' | 'paths' | 'goals'>,
  path: string,
  { format = {}, fresh, signal, onProgress }: AnalyzeOptions = {},
): Promise<Analysis> => {
  const { indexPath, fromCache } = await scanToFile(path, {
    ...format,
    workerPath: paths.scanWorker,
    cacheFolder: cacheFolder(context),
    ...(fresh === undefined ? {} : { fresh }),
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  const root = datasetRoot(path);
  const withoutNative = !hasNativeRuntime(trainerEnvironment());
  const { scanMs, ...profiled } = await profileInThread(
    paths.profileWorker,
    { indexPath, withoutNative, asked: goals.of(root) },
    signal,
  );
  return {
    root,
    options: format,
    ...profiled,
    indexPath,
    scanSeconds: fromCache ? null : scanMs / 1000,
  };
};

/** `analyze` with a notification that shows progress and can be cancelled; remembers the result. */
export const analyzeWithProgress = async (
  host: Host,
  path: string,
  options: Pick<AnalyzeOptions, 'format' | 'fresh'> = {},
): Promise<Analysis> => {
  const { log, datasets } = host;
  const name = path.split(/[/\\]/).at(-1) ?? path;
  const title = words('host/scanning', { name });
  const analysis = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const stop = new AbortController();
      if (token.isCancellationRequested) throw new CancelledError();
      const listening = token.onCancellationRequested(() => stop.abort());
      try {
        return await analyze(host, path, {
          ...options,
          signal: stop.signal,
          onProgress: ({ samples, classes }) =>
            progress.report({ message: words('host/scanned-so-far', { count: samples, classes }) }),
        });
      } finally {
        listening.dispose();
      }
    },
  );
  const { samples, metrics, issues } = analysis.profile;
  log.info(
    words('host/log/scanned', {
      root: analysis.root,
      count: samples,
      classes: metrics['numClasses'] ?? 0,
      issues: issues.length,
      seconds: analysis.scanSeconds ?? 0,
    }),
  );
  await datasets.put(analysis);
  return analysis;
};
