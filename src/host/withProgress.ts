import * as vscode from 'vscode';
import { CancelledError } from '../common/errors';
import { words } from '../words/say';

/** Runs a task under a notification with a cancel button; `show` is told the share done, 0 … 1. */
export const withProgress = async <T>(
  title: string,
  task: (signal: AbortSignal, show: (share: number) => void) => Promise<T>,
): Promise<T> =>
  vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const stop = new AbortController();
      if (token.isCancellationRequested) throw new CancelledError();
      const listening = token.onCancellationRequested(() => stop.abort());
      let last = 0;
      try {
        return await task(stop.signal, (share) => {
          const message = words('host/share', { share: Math.floor(share * 100) / 100 });
          progress.report({ message, increment: 100 * Math.max(0, share - last) });
          last = Math.max(last, share);
        });
      } finally {
        listening.dispose();
      }
    },
  );
