import * as vscode from 'vscode';
import type { Guide } from '../../config/editor/guide';
import { escapeMarkdown } from '../../report/markdown';
import { words } from '../../words/say';
import { catalogue } from '../../words/en';

const shown = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/**
 * What is known of a key or kind: title, what it is for, formula, source, default. In a hover the
 * symbols of the formula are explained.
 */
export const guideMarkdown = (guide: Guide, withSymbols: boolean): vscode.MarkdownString => {
  const said = (code: string | undefined): string | null =>
    code === undefined || !(code in catalogue) ? null : words(code);
  const about = said(guide.about);
  const formula = said(guide.formula);
  const source = said(guide.source);
  const parts = [
    `**${escapeMarkdown(guide.title)}**`,
    ...(about === null ? [] : [escapeMarkdown(about)]),
    ...(formula === null ? [] : [words('guide/formula', { formula: `\`${formula}\`` })]),
    ...(formula === null || !withSymbols ? [] : [escapeMarkdown(words('guide/symbols'))]),
    ...(source === null ? [] : [words('guide/source', { source: escapeMarkdown(source) })]),
    ...(guide.required === true ? [words('guide/required')] : []),
    ...(guide.default === undefined
      ? []
      : [words('guide/default', { value: `\`${shown(guide.default)}\`` })]),
  ];
  return new vscode.MarkdownString(parts.join('\n\n'));
};
