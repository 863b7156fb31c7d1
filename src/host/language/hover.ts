import * as vscode from 'vscode';
import { hoverAt } from '../../config/editor/hover';
import { configSelector } from './configFiles';
import { guideMarkdown } from './guideText';

/** What a key or kind is for, with formula, source and default. */
export const createHover = (): vscode.Disposable =>
  vscode.languages.registerHoverProvider(configSelector, {
    provideHover: (document, position) => {
      const found = hoverAt(document.getText(), document.offsetAt(position));
      if (found === null) return null;
      const { guide, from, to } = found;
      const range = new vscode.Range(document.positionAt(from), document.positionAt(to));
      return new vscode.Hover(guideMarkdown(guide, true), range);
    },
  });
