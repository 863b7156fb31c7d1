/**
 * The second bundle of the extension's process, loaded with the first config or scanned dataset: the
 * words and formulas of every method would weigh on each start of the editor.
 */
import * as vscode from 'vscode';
import { createCodeLenses } from './codeLens';
import { createCompletion } from './completion';
import { createDiagnostics } from './diagnostics';
import { createHover } from './hover';
import { createLabelDiagnostics } from './labelFiles';
import { createPreviews } from './preview';
import type { Language, LanguageServices } from './services';

/** Registers what the editor offers for configs and label files. */
export const createLanguage = (services: LanguageServices): Language => {
  const previews = createPreviews(services);
  const registered = vscode.Disposable.from(
    previews,
    createDiagnostics(services.datasets),
    createCodeLenses(),
    createCompletion(services.datasets),
    createHover(),
    createLabelDiagnostics(services),
  );
  return {
    preview: previews.show,
    dispose: () => void registered.dispose(),
  };
};
