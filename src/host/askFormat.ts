import * as vscode from 'vscode';
import { words } from '../words/say';
import type { Analysis } from './datasets';

/**
 * Where a second format fits nearly as well as the one that was taken: asks which it is. undefined
 * when there is nothing to ask, or no answer; the dataset then stays as it was read.
 */
export const askFormat = async ({ options, profile }: Analysis): Promise<string | undefined> => {
  if (options.format !== undefined) return undefined;
  const close = profile.issues.find(({ code }) => code === 'dataset/format-close');
  if (close === undefined) return undefined;
  const { format, other } = close.params;
  const items = [
    {
      label: String(format),
      description: words('host/pick/format-now', { count: profile.samples }),
    },
    { label: String(other) },
  ];
  const placeHolder = words('host/pick/format');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.label;
};
