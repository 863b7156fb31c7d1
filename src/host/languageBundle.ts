import { createRequire } from 'node:module';
import * as vscode from 'vscode';
import type { Host } from './host';
import { isConfigFile } from './language/configFiles';
import type { Language, LanguageModule } from './language/services';
import { storeFolder } from './settings';

const isModule = (value: unknown): value is LanguageModule =>
  typeof value === 'object' && value !== null && 'createLanguage' in value;

const load = (path: string): LanguageModule => {
  const loaded: unknown = createRequire(path)(path);
  if (!isModule(loaded)) throw new TypeError(`${path} is not the language bundle`);
  return loaded;
};

/** The language features, loaded when first needed. */
export interface LanguageBundle {
  get(): Language;
  dispose(): void;
}

/** Loads the language bundle with the first config that is opened, or the first dataset scanned. */
export const createLanguageBundle = (host: Host): LanguageBundle => {
  const { context, datasets, log, paths } = host;
  const loaded: Language[] = [];
  const get = (): Language => {
    const [known] = loaded;
    if (known !== undefined) return known;
    const store = (): string => storeFolder(context, datasets.list());
    const made = load(paths.language).createLanguage({ datasets, log, store });
    loaded.push(made);
    return made;
  };
  const getIf = (isNeeded: boolean): void => {
    if (isNeeded && loaded.length === 0) get();
  };
  const listening = vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument((document) => getIf(isConfigFile(document))),
    datasets.onDidChange(() =>
      getIf(datasets.list().some(({ root }) => datasets.analysis(root) !== undefined)),
    ),
  );
  getIf(vscode.workspace.textDocuments.some(isConfigFile));
  return {
    get,
    dispose: () => {
      void listening.dispose();
      for (const made of loaded.splice(0)) made.dispose();
    },
  };
};
