import * as vscode from 'vscode';
import { merging } from '../../dataset/classChoice';
import type { ClassChoice } from '../../dataset/classView';
import { words } from '../../words/say';
import type { Analysis } from '../datasets';

/** Asks what classes that are counted as one are called; undefined = dismissed. */
export const askToMerge = async (
  choice: ClassChoice,
  names: readonly string[],
  { profile }: Pick<Analysis, 'profile'>,
): Promise<ClassChoice | undefined> => {
  const shown = new Set(profile.classes.map(({ name }) => name));
  const into = await vscode.window.showInputBox({
    title: words('host/merge/title', { count: names.length }),
    prompt: words('host/merge/prompt'),
    value: names[0] ?? '',
    validateInput: (text) => {
      if (text.trim() === '') return words('host/merge/empty');
      // Names of classes that are left out are taken as well: the data still have them.
      return choice.ignore.includes(text.trim()) ? words('host/merge/ignored') : null;
    },
  });
  return into === undefined
    ? undefined
    : merging(choice, names, into.trim(), (name) => shown.has(name));
};
