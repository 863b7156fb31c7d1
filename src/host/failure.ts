import * as vscode from 'vscode';
import { CancelledError, LongtailError } from '../common/errors';
import { say, words } from '../words/say';

/** The sentence for a failure: expected ones by code, defects as such. */
export const failureSentence = (error: unknown): string =>
  error instanceof LongtailError
    ? say(error)
    : words('common/unexpected', {
        detail: error instanceof Error ? error.message : String(error),
      });

/** The one place that shows a failure: one notification, details in the log, a button to it. */
export const showFailure = async (log: vscode.LogOutputChannel, error: unknown): Promise<void> => {
  if (error instanceof CancelledError) return;
  const sentence = failureSentence(error);
  log.error(error instanceof LongtailError ? sentence : error instanceof Error ? error : sentence);
  const button = words('host/show-log');
  const chosen = await vscode.window.showErrorMessage(sentence, button);
  if (chosen === button) log.show();
};

/** Runs an action whose failure the user should see; does not wait until the user has seen it. */
export const guarded =
  <A extends readonly unknown[], R>(
    log: vscode.LogOutputChannel,
    action: (...args: A) => Promise<R> | R,
  ): ((...args: A) => Promise<R | undefined>) =>
  async (...args) => {
    try {
      return await action(...args);
    } catch (error) {
      void showFailure(log, error);
      return undefined;
    }
  };
