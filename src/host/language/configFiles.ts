import * as vscode from 'vscode';
import { configPattern } from '../ids';

/** Documents that are configs of ours, saved or not. */
export const configSelector: vscode.DocumentSelector = [
  { scheme: 'file', pattern: configPattern },
  { scheme: 'vscode-remote', pattern: configPattern },
];

/** Whether a document is a config of ours. */
export const isConfigFile = (document: vscode.TextDocument): boolean =>
  vscode.languages.match(configSelector, document) > 0;
