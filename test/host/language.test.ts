import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commandIds, panelIds } from '../../src/host/ids';
import {
  activated,
  eventually,
  pageTabs,
  readText,
  trees,
  workspaceFolder,
  writeText,
} from './support';

const open = async (name: string, text: string): Promise<vscode.TextDocument> => {
  const uri = vscode.Uri.joinPath(workspaceFolder(), name);
  await writeText(uri, text);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
};

const diagnosticsOf = (uri: vscode.Uri): Promise<readonly vscode.Diagnostic[]> =>
  eventually(vscode.languages.onDidChangeDiagnostics, () => {
    const own = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Longtail');
    return own.length > 0 ? own : undefined;
  });

const valid = `version: 1
dataset: { root: ./trees }
model: { kind: linear }
stages:
  - { name: train, epochs: 1 }
`;

describe('configs in the editor', () => {
  it('underlines an unknown key where it stands and names the nearest known one', async () => {
    await activated();
    const { uri } = await open('typo.longtail.yaml', valid.replace('epochs:', 'epoch:'));
    const [first] = await diagnosticsOf(uri);
    assert.equal(first?.range.start.line, 4);
    assert.match(first.message, /epochs/);
  });

  it('checks again as the text changes, and has nothing against a valid config', async () => {
    const document = await open('changing.longtail.yaml', valid.replace('linear', 'lineal'));
    assert.ok((await diagnosticsOf(document.uri)).length > 0);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), valid);
    await vscode.workspace.applyEdit(edit);
    await eventually(vscode.languages.onDidChangeDiagnostics, () =>
      vscode.languages.getDiagnostics(document.uri).every(({ source }) => source !== 'Longtail')
        ? true
        : undefined,
    );
    await document.save();
  });

  it('offers what can be done with a config above its first key', async () => {
    const document = await open('lens.longtail.yaml', `# why\n${valid}`);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    assert.deepEqual(
      lenses.map(({ command, range }) => [command?.command, range.start.line]),
      [
        [commandIds.train, 1],
        [commandIds.preview, 1],
        [commandIds.export, 1],
        [commandIds.sweep, 1],
        [commandIds.showProfile, 1],
      ],
    );
  });

  it('leaves other YAML files alone', async () => {
    const document = await open('other.yaml', 'epochen: 3\n');
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    assert.deepEqual(
      lenses.filter(({ command }) => command?.command === commandIds.train),
      [],
    );
  });

  it('completes kinds by their place, and explains a key', async () => {
    const text = valid.replace('epochs: 1', 'epochs: 1, loss: { kind: }');
    const { uri } = await open('complete.longtail.yaml', text);
    const column = (text.split('\n')[4] ?? '').indexOf('kind: }') + 'kind: '.length;
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri,
      new vscode.Position(4, column),
    );
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    for (const kind of ['ldam', 'focal', 'cross-entropy']) assert.ok(labels.includes(kind), kind);
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri,
      new vscode.Position(4, text.split('\n')[4]?.indexOf('epochs') ?? 0),
    );
    const [content] = hover?.contents ?? [];
    assert.match(content instanceof vscode.MarkdownString ? content.value : '', /stages\.epochs/);
  });

  it('puts a misspelt key right where asked', async () => {
    const document = await open('fix.longtail.yaml', valid.replace('epochs:', 'epoch:'));
    const [first] = await diagnosticsOf(document.uri);
    assert.ok(first);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      first.range,
    );
    const action = actions.find(({ isPreferred }) => isPreferred === true);
    assert.match(action?.title ?? '', /epochs/);
    assert.ok(action?.edit);
    await vscode.workspace.applyEdit(action.edit);
    assert.equal(document.getText(), valid);
    await document.save();
  });

  it('previews a config: draws, weights and prior of each class', async () => {
    const { uri } = await open('preview.longtail.yaml', valid);
    await vscode.commands.executeCommand(commandIds.preview, uri);
    const page = uri.with({ scheme: 'longtail-preview', path: `${uri.path}.md` });
    const text = (await vscode.workspace.openTextDocument(page)).getText();
    // Twelve, six and two: one of twelve and one of six are held out, none of two.
    assert.match(text, /\| birch \| \w+ \| 12 \| 11 \| 11 \|/);
    assert.match(text, /\| yew \| \w+ \| 2 \| 2 \| 2 \|/);
    assert.match(text, /data:image\/svg\+xml/);
    await vscode.commands.executeCommand(commandIds.forget, trees().fsPath);
  });

  it('holds a config against the dataset as it was scanned, and puts it right', async () => {
    await vscode.commands.executeCommand(commandIds.analyze, trees());
    const text = `version: 1
# 99 samples in 3 classes, 90 in the largest (birch), 2 in the smallest (yew).
dataset:
  root: ./trees
  classes: { ignore: [oka] }
model: { kind: linear }
stages:
  - name: train
    epochs: 1
    sampler: { kind: over, ratio: 0.1 }
    loss: { kind: logit-adjusted, tau: 1 }
    weights: { kind: balanced }
`;
    const { uri } = await open('meaning.longtail.yaml', text);
    const found = await diagnosticsOf(uri);
    // A class that is called otherwise on disk, a ratio that is reached, two corrections at once,
    // counts of another day.
    const codes = found.map(({ code }) => (typeof code === 'string' ? code : ''));
    for (const code of [
      'config/unknown-class-near',
      'config/ratio-reached',
      'config/row/logit-adjusted-and-weights',
      'guide/stale',
    ])
      assert.ok(codes.includes(code), `${code} is not among ${codes.join(', ')}`);
    for (const [code, line] of [
      ['config/unknown-class-near', '  classes: { ignore: [oak] }'],
      [
        'guide/stale',
        '# 20 samples in 3 classes, 12 in the largest (birch), 2 in the smallest (yew).',
      ],
    ] as const) {
      const range = found.find((one) => one.code === code)?.range;
      assert.ok(range);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        uri,
        range,
      );
      const action = actions.find(({ isPreferred }) => isPreferred === true);
      const written = action?.edit?.get(uri)[0]?.newText ?? '';
      assert.ok(written !== '' && line.includes(written), written);
    }
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri,
      new vscode.Position(10, text.split('\n')[10]?.indexOf('logit-adjusted') ?? 0),
    );
    const [content] = hover?.contents ?? [];
    assert.match(content instanceof vscode.MarkdownString ? content.value : '', /Menon/);
    await vscode.commands.executeCommand(commandIds.forget, trees().fsPath);
  });

  it('underlines rows of a scanned table that repeat, and changes nothing by itself', async () => {
    const uri = vscode.Uri.joinPath(workspaceFolder(), 'flowers.csv');
    const rows = Array.from({ length: 12 }, (_, i) => `${i},${i % 2 ? 'rose' : 'lily'}\n`).join('');
    const text = `width,label\n${rows}0,lily\n`;
    await writeText(uri, text);
    await vscode.commands.executeCommand(commandIds.analyze, uri);
    const [first] = await diagnosticsOf(uri);
    assert.equal(first?.range.start.line, 13);
    const document = await vscode.workspace.openTextDocument(uri);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      first.range,
    );
    assert.equal(actions[0]?.edit?.size, 1);
    assert.equal(await readText(uri), text);
    await vscode.commands.executeCommand(commandIds.forget, uri.fsPath);
    await eventually(vscode.window.tabGroups.onDidChangeTabs, () =>
      pageTabs(panelIds.profile).length === 0 ? true : undefined,
    );
  });
});
