import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Message } from '../common/errors';

/** A folder with the native addon, its libraries and a manifest that agrees with them. */
export interface NativeRuntime {
  readonly folder: string;
  readonly addon: string;
  readonly tensorflow: string;
  readonly tfjsNode: string;
}

export interface RuntimeSearch {
  /** Folder named by a setting; looked at before the user's cache. */
  readonly folder?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

/** The TensorFlow versions this trainer was tried with, best first (scripts/runtime/pins.mjs). */
export const knownTensorflow = ['2.21.0'] as const;

const target = `${process.platform}-${process.arch}`;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a manifest; a sentence code says what is wrong with it. */
const readRuntime = (folder: string): NativeRuntime | Message => {
  const broken = (reason: string): Message => ({
    code: 'backend/runtime-broken',
    params: { folder, reason },
  });
  let manifest: unknown;
  try {
    manifest = JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json'), 'utf8'));
  } catch (error) {
    return broken(error instanceof Error ? error.message : String(error));
  }
  if (!isRecord(manifest) || manifest['schema'] !== 'longtail.runtime/1')
    return broken('manifest.json: schema');
  const { tensorflow, tfjsNode, files } = manifest;
  if (manifest['target'] !== target)
    return broken(`manifest.json: target ${String(manifest['target'])} ≠ ${target}`);
  if (typeof tensorflow !== 'string' || typeof tfjsNode !== 'string' || !Array.isArray(files))
    return broken('manifest.json: tensorflow, tfjsNode, files');
  for (const file of files as unknown[]) {
    if (!isRecord(file)) return broken('manifest.json: files');
    const size = fs.statSync(path.join(folder, String(file.name)), { throwIfNoEntry: false })?.size;
    if (size !== file.bytes)
      return broken(`${String(file.name)}: ${size ?? 0} ≠ ${String(file.bytes)} bytes`);
  }
  return { folder, addon: path.join(folder, 'tfjs_binding.node'), tensorflow, tfjsNode };
};

/**
 * Finds the native runtime: `LONGTAIL_RUNTIME`, the folder of a setting, the user's cache. The
 * first that is named or exists decides; a broken one is told, not skipped.
 */
export const findRuntime = (search: RuntimeSearch = {}): NativeRuntime | Message => {
  const environment = search.environment ?? process.env;
  if (environment['LONGTAIL_NO_NATIVE'] === '1')
    return { code: 'backend/native-disabled', params: { variable: 'LONGTAIL_NO_NATIVE' } };
  const named = environment['LONGTAIL_RUNTIME'] ?? search.folder;
  if (named !== undefined && named !== '') return readRuntime(named);
  const cache = environment['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache');
  const parent = path.join(cache, 'longtail', 'runtime');
  for (const version of knownTensorflow) {
    const folder = path.join(parent, `${version}-${target}`);
    if (fs.existsSync(folder)) return readRuntime(folder);
  }
  return { code: 'backend/no-runtime', params: { folder: parent } };
};

/** Whether training started with this environment will find a native runtime to run on. */
export const hasNativeRuntime = (environment: NodeJS.ProcessEnv): boolean =>
  !('code' in findRuntime({ environment }));
