import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commandIds } from '../../src/host/ids';
import { activated, trees } from './support';

describe('the extension', () => {
  it('registers every command the manifest names', async () => {
    await activated();
    const known = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      Object.values(commandIds).filter((id) => !known.has(id)),
      [],
    );
  });

  it('lends its stages to other extensions', async () => {
    const api = await activated();
    const index = await api.scan(trees().fsPath);
    assert.equal(index.samples, 26);
    const profile = api.profile(index);
    assert.deepEqual(
      profile.classes.map(({ name, splits }) => [name, splits['train']]),
      [
        ['birch', 12],
        ['oak', 6],
        ['yew', 2],
      ],
    );
    assert.equal(profile.metrics['imbalanceRatio'], 6);
    assert.ok(api.recommend(profile).items.length > 0);
    const config = api.config.plain(profile, { root: './trees' });
    const text = api.config.serialize(config);
    assert.deepEqual(api.config.read(text, 'longtail.yaml').config, config);
  });

  it('stops a scan that was called off', async () => {
    const api = await activated();
    await assert.rejects(api.scan(trees().fsPath, { signal: AbortSignal.abort() }), {
      name: 'CancelledError',
    });
  });

  it('names what cannot be scanned', async () => {
    const api = await activated();
    const path = vscode.Uri.joinPath(trees(), 'nothing-here').fsPath;
    await assert.rejects(api.scan(path), { name: 'LongtailError' });
  });
});
