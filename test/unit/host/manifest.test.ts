import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  commandIds,
  containerId,
  contextIds,
  panelIds,
  settingIds,
  viewIds,
} from '../../../src/host/ids';
import { catalogue } from '../../../src/words/en';

const root = join(import.meta.dirname, '../../..');

interface Manifest {
  activationEvents: string[];
  extensionKind: string[];
  icon: string;
  capabilities: {
    untrustedWorkspaces: { supported: unknown; restrictedConfigurations: string[] };
    virtualWorkspaces: { supported: unknown };
  };
  contributes: {
    commands: { command: string; title: string; category: string; enablement?: string }[];
    menus: Record<string, { command: string; when?: string }[]>;
    viewsContainers: { activitybar: { id: string; icon: string }[] };
    views: Record<string, { id: string }[]>;
    viewsWelcome: { view: string; contents: string }[];
    configuration: { properties: Record<string, { scope?: string }> };
    yamlValidation: { url: string }[];
  };
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const { contributes } = manifest;
const text = JSON.stringify(manifest);

const sourcesUnder = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'));

describe('manifest and ids', () => {
  it('declares every command of the code and no other, in one category', () => {
    expect(contributes.commands.map(({ command }) => command).sort()).toEqual(
      Object.values(commandIds).sort(),
    );
    expect(new Set(contributes.commands.map(({ category }) => category))).toEqual(
      new Set(['Longtail']),
    );
  });

  it('puts only declared commands into menus and welcome texts', () => {
    const known = new Set<string>(Object.values(commandIds));
    for (const entries of Object.values(contributes.menus))
      for (const { command } of entries) expect(known).toContain(command);
    for (const { contents } of contributes.viewsWelcome)
      for (const [, command] of contents.matchAll(/command:(longtail\.\w+)/g))
        expect(known).toContain(command);
  });

  it('declares views, settings and panels as the code names them', () => {
    expect(contributes.views[containerId]?.map(({ id }) => id)).toEqual(Object.values(viewIds));
    expect(contributes.viewsContainers.activitybar.map(({ id }) => id)).toEqual([containerId]);
    expect(Object.keys(contributes.configuration.properties)).toEqual(Object.values(settingIds));
    for (const id of Object.values(panelIds))
      expect(manifest.activationEvents).toContain(`onWebviewPanel:${id}`);
    for (const id of Object.values(contextIds)) expect(text).toContain(id);
  });

  it('shows the context menu in remote and browser windows too', () => {
    const items = contributes.menus['explorer/context'] ?? [];
    expect(items.length).toBeGreaterThanOrEqual(2);
    for (const { when } of items) {
      const scheme = /resourceScheme =~ \/(.+?)\/(?: |$)/.exec(when ?? '')?.[1] ?? '';
      expect('file').toMatch(new RegExp(scheme));
      expect('vscode-remote').toMatch(new RegExp(scheme));
      expect('untitled').not.toMatch(new RegExp(scheme));
    }
  });

  it('offers to predict with a table only once a run takes rows', () => {
    const items = (contributes.menus['explorer/context'] ?? []).filter(
      ({ command }) => command === commandIds.predict,
    );
    const ending = /resourceFilename =~ \/(.+)\/i$/;
    const offered = (name: string): readonly string[] =>
      items.flatMap(({ when = '' }) => {
        const pattern = ending.exec(when)?.[1];
        return pattern !== undefined && new RegExp(pattern, 'i').test(name) ? [when] : [];
      });
    expect(offered('photo.JPG').map((when) => when.includes(contextIds.predictsRows))).toEqual([
      false,
    ]);
    for (const name of ['rows.csv', 'rows.jsonl.gz', 'rows.parquet', 'texts.txt', 'x.npy'])
      expect(offered(name).map((when) => when.includes(contextIds.predictsRows))).toEqual([true]);
    expect(offered('notes.md')).toEqual([]);
  });

  it.each([
    'labels.csv',
    'labels.TSV',
    'labels.csv.gz',
    'train-labels-idx1-ubyte',
    'train-labels.idx1-ubyte.gz',
  ])('offers to analyze %s', (name) => {
    const when = contributes.menus['explorer/context']?.[1]?.when ?? '';
    const pattern = /resourceFilename =~ \/(.+)\/i/.exec(when)?.[1] ?? '$^';
    expect(name).toMatch(new RegExp(pattern, 'i'));
    expect('notes.txt').not.toMatch(new RegExp(pattern, 'i'));
  });

  it('is honest about trust, and keeps paths of the machine out of workspaces', () => {
    expect(manifest.capabilities.untrustedWorkspaces.supported).toBe('limited');
    expect(manifest.capabilities.virtualWorkspaces.supported).toBe('limited');
    expect(manifest.extensionKind).toEqual(['workspace']);
    for (const id of manifest.capabilities.untrustedWorkspaces.restrictedConfigurations)
      expect(contributes.configuration.properties[id]?.scope).toBe('machine');
    expect(manifest.activationEvents.some((event) => event.startsWith('*'))).toBe(false);
  });

  it('names files that exist', () => {
    const files = [
      manifest.icon,
      ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
      ...contributes.yamlValidation.map(({ url }) => url),
      'media/sample/garden-birds.csv',
    ];
    for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
  });
});

describe('sentences of host and pages', () => {
  const sources = [...sourcesUnder('src/host'), ...sourcesUnder('webview')];
  const codes = sources.flatMap((source) =>
    [...source.matchAll(/(?:words\(|code: |LongtailError\()\s*'([a-z]+\/[^']+)'/g)].map(
      ([, code]) => code ?? '',
    ),
  );

  it('are all in the catalogue', () => {
    expect(codes.length).toBeGreaterThan(80);
    expect(codes.filter((code) => catalogue[code] === undefined)).toEqual([]);
  });

  it('are all used: by their code, or by the start of one that is put together', () => {
    const all = sources.join('\n');
    const starts = [...all.matchAll(/`((?:host|pages)\/[^`$]*)\$\{/g)].map(
      ([, start]) => start ?? '',
    );
    const unused = Object.keys(catalogue).filter(
      (code) =>
        /^(host|pages)\//.test(code) &&
        !all.includes(`'${code}'`) &&
        !starts.some((start) => code.startsWith(start)),
    );
    expect(unused).toEqual([]);
  });
});
