import * as vscode from 'vscode';
import { createApi, type LongtailApi } from './host/api';
import { registerCommands } from './host/commands';
import type { Desk } from './host/commands/command';
import { createDatasets } from './host/datasets';
import { showEnding } from './host/ended';
import { guarded, showFailure } from './host/failure';
import { createFollower } from './host/follow/follow';
import { createGoalMemory } from './host/goals';
import { bundlePaths, type Host } from './host/host';
import { createLanguageBundle } from './host/languageBundle';
import { offerResume } from './host/offerResume';
import { createPages } from './host/panels';
import { createRuns } from './host/runs';
import { storeFolder } from './host/settings';
import { registerTasks } from './host/tasks/provider';
import { createViews } from './host/views';

/** Builds the graph by hand and registers it; everything made is owned by the context. */
const assemble = (context: vscode.ExtensionContext, log: vscode.LogOutputChannel): LongtailApi => {
  const own = <T extends { dispose(): void }>(thing: T): T => {
    context.subscriptions.push(thing);
    return thing;
  };
  const paths = bundlePaths(context);
  const datasets = own(createDatasets(context.workspaceState));
  const store = (): string => storeFolder(context, datasets.list());
  const ending = guarded(log, showEnding);
  const runs = own(
    createRuns({ context, paths, store, onEnd: (folder, end) => void ending(desk, folder, end) }),
  );
  const goals = createGoalMemory(context.workspaceState);
  const follower = own(createFollower({ context, log, paths, datasets, goals }));
  const host: Host = { context, log, paths, datasets, goals, follower, runs };
  const desk: Desk = {
    ...host,
    ...createPages(host),
    language: own(createLanguageBundle(host)),
  };
  context.subscriptions.push(...createViews(host));
  own(registerCommands(desk));
  own(registerTasks(desk));
  void guarded(log, offerResume)(desk);
  return createApi(host);
};

/** Called once by the editor, on the first event the manifest names. */
export const activate = (context: vscode.ExtensionContext): LongtailApi | undefined => {
  const log = vscode.window.createOutputChannel('Longtail', { log: true });
  context.subscriptions.push(log);
  try {
    return assemble(context, log);
  } catch (error) {
    // The editor would only write it to its own log.
    void showFailure(log, error);
    return undefined;
  }
};
