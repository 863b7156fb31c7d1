import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { LongTailProfile } from '../../profile/types';
import type { AskedGoals } from '../../recommend/asked';
import { readShares } from '../../recommend/shareFile';
import { words } from '../../words/say';

/**
 * Class shares out of a file that the user chooses; undefined when none is chosen. Throws what
 * `readShares` throws.
 */
export const askForShares = async (
  profile: Pick<LongTailProfile, 'classes'>,
): Promise<AskedGoals['shares'] | undefined> => {
  const [uri] =
    (await vscode.window.showOpenDialog({
      canSelectMany: false,
      filters: { 'CSV, YAML, JSON': ['csv', 'tsv', 'txt', 'yaml', 'yml', 'json'] },
      title: words('host/shares/file'),
    })) ?? [];
  if (uri === undefined) return undefined;
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  return { file: basename(uri.fsPath), of: readShares(text, uri.fsPath, profile) };
};
