import * as vscode from 'vscode';
import { rootFolder } from '../dataset/formats/folders';
import { listSamples } from '../dataset/inspect/samplesClient';
import type { SamplePlace } from '../dataset/inspect/types';
import { nodeFileSource } from '../dataset/nodeFileSource';
import type { FileAction } from '../protocol/webview';
import { placeText } from '../report/places';
import { words } from '../words/say';
import type { Analysis } from './datasets';
import type { Host } from './host';
import { withProgress } from './withProgress';

/** More are of no use in a list that is looked through by eye. */
const mostPlaces = 500;

/** Address of the folder that a dataset's paths begin in. */
export const folderUri = ({ root }: Pick<Analysis, 'root'>): vscode.Uri =>
  vscode.Uri.file(rootFolder(nodeFileSource, root).folder);

export const placeUri = (analysis: Pick<Analysis, 'root'>, { path }: SamplePlace): vscode.Uri =>
  vscode.Uri.joinPath(folderUri(analysis), path);

/** Opens a sample: its file, at its line; the file in the list of files where it lies inside one. */
export const openPlace = async (
  analysis: Pick<Analysis, 'root'>,
  place: SamplePlace,
): Promise<void> => {
  const { member, row, line, bytes } = place;
  const uri = placeUri(analysis, place);
  if (line !== undefined) {
    const at = new vscode.Position(line - 1, 0);
    await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at) });
  } else if (member === undefined && row === undefined && bytes === undefined)
    await vscode.commands.executeCommand('vscode.open', uri);
  else await revealPlace(uri);
};

/** Shows a file among its neighbours: in the explorer, or where the system keeps it. */
export const revealPlace = async (uri: vscode.Uri): Promise<void> => {
  const inWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  await vscode.commands.executeCommand(inWorkspace ? 'revealInExplorer' : 'revealFileInOS', uri);
};

/** What a list of files offers for each of them. */
export const actOnPlace = async (
  analysis: Pick<Analysis, 'root'>,
  place: SamplePlace,
  action: FileAction,
): Promise<void> => {
  const uri = placeUri(analysis, place);
  if (action === 'open') await openPlace(analysis, place);
  else if (action === 'reveal') await revealPlace(uri);
  else {
    await vscode.env.clipboard.writeText(uri.fsPath);
    vscode.window.setStatusBarMessage(words('host/samples/copied', { path: uri.fsPath }), 4000);
  }
};

/** Asks for a class of a dataset, the largest first; undefined = dismissed. */
export const askForClass = async ({ profile }: Analysis): Promise<string | undefined> => {
  const sorted = [...profile.classes].sort((a, b) => b.count - a.count);
  const items = sorted.map(({ name, count, images }) => ({
    label: name,
    description: words('host/dataset/samples', { count: images ?? count }),
  }));
  const placeHolder = words('host/samples/class');
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))
    ?.label;
};

/** The places of a class's samples, counted and listed in a thread of its own. */
export const placesOfClass = (
  { paths }: Pick<Host, 'paths'>,
  { indexPath }: Analysis,
  className: string,
): ReturnType<typeof listSamples> =>
  withProgress(words('host/samples/listing', { name: className }), () =>
    listSamples(indexPath, { className, limit: mostPlaces }, paths.inspectWorker),
  );

/** Lists places to choose from; the chosen one is opened, its button shows it among its neighbours. */
export const browsePlaces = (
  analysis: Analysis,
  { samples, count }: Awaited<ReturnType<typeof listSamples>>,
): void => {
  const reveal = {
    iconPath: new vscode.ThemeIcon('folder-opened'),
    tooltip: words('host/samples/reveal'),
  };
  const list = vscode.window.createQuickPick<vscode.QuickPickItem & { place: SamplePlace }>();
  list.items = samples.map((place) => ({
    label: placeText(place),
    description: [place.split, ...place.labels].join(', '),
    buttons: [reveal],
    place,
  }));
  list.placeholder = words('host/samples/place', { count, shown: samples.length });
  list.matchOnDescription = true;
  list.onDidAccept(() => {
    const [chosen] = list.selectedItems;
    if (chosen !== undefined) void openPlace(analysis, chosen.place);
  });
  list.onDidTriggerItemButton(({ item }) => void revealPlace(placeUri(analysis, item.place)));
  list.onDidHide(() => list.dispose());
  list.show();
};
