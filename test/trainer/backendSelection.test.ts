import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRuntime } from '../../src/runtime/folder';
import { selectBackend } from '../../src/trainer/backend/selectBackend';

const target = `${process.platform}-${process.arch}`;

describe('finding the native runtime', () => {
  let folder: string;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'longtail-runtime-'));
  });
  afterAll(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });
  const make = (where: string, manifest: object): string => {
    fs.mkdirSync(where, { recursive: true });
    fs.writeFileSync(path.join(where, 'tfjs_binding.node'), 'addon');
    fs.writeFileSync(path.join(where, 'manifest.json'), JSON.stringify(manifest));
    return where;
  };
  const good = {
    schema: 'longtail.runtime/1',
    target,
    tensorflow: '2.21.0',
    tfjsNode: '4.22.0',
    files: [{ name: 'tfjs_binding.node', bytes: 5, sha256: '' }],
  };

  it('takes the environment before the setting before the cache', () => {
    const named = make(path.join(folder, 'named'), good);
    const setting = make(path.join(folder, 'setting'), good);
    const cached = make(path.join(folder, 'cache/longtail/runtime', `2.21.0-${target}`), good);
    const cache = { XDG_CACHE_HOME: path.join(folder, 'cache') };
    expect(findRuntime({ environment: cache })).toMatchObject({
      folder: cached,
      addon: path.join(cached, 'tfjs_binding.node'),
      tensorflow: '2.21.0',
    });
    expect(findRuntime({ folder: setting, environment: cache })).toMatchObject({ folder: setting });
    const environment = { ...cache, LONGTAIL_RUNTIME: named };
    expect(findRuntime({ folder: setting, environment })).toMatchObject({ folder: named });
  });

  it.each([
    ['another schema', { ...good, schema: 'other' }, 'schema'],
    ['another machine', { ...good, target: 'plan9-vax' }, 'plan9-vax'],
    ['a file cut short', { ...good, files: [{ name: 'tfjs_binding.node', bytes: 6 }] }, 'binding'],
    ['a file missing', { ...good, files: [{ name: 'libtensorflow', bytes: 6 }] }, 'libtensorflow'],
    ['no list of files', { ...good, files: 3 }, 'files'],
  ])('says what is wrong: %s', (name, manifest, word) => {
    const broken = make(path.join(folder, name), manifest);
    const found = findRuntime({ folder: broken, environment: {} });
    expect(found).toMatchObject({ code: 'backend/runtime-broken', params: { folder: broken } });
    expect(JSON.stringify(found)).toContain(word);
  });

  it('says that there is none, or that it is switched off', () => {
    const environment = { XDG_CACHE_HOME: path.join(folder, 'empty') };
    expect(findRuntime({ environment })).toMatchObject({ code: 'backend/no-runtime' });
    const off = { ...environment, LONGTAIL_NO_NATIVE: '1' };
    expect(findRuntime({ environment: off })).toMatchObject({ code: 'backend/native-disabled' });
  });

  it('refuses by name what does not start; auto goes on with wasm and says why', async () => {
    const fake = make(path.join(folder, 'fake'), good);
    const environment = { LONGTAIL_RUNTIME: fake };
    // The addon is five letters: it passes the manifest and fails to load.
    await expect(selectBackend('native', { environment })).rejects.toMatchObject({
      code: 'backend/native-failed',
      params: { folder: fake },
    });
    const backend = await selectBackend('auto', { environment });
    expect(backend.id).toBe('wasm');
    expect(backend.fallback).toMatchObject({ code: 'backend/instead/native-failed' });
  });
});
