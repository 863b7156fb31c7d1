import { createHash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { LongtailError } from '../../common/errors';
import type { StoredModel } from '../backend/tfjsModel';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wrong = (path: string, what: string, cause?: unknown): LongtailError =>
  new LongtailError('pretrained/tfjs-file', { path, what }, { cause });

const detailOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** A shard beside the model or below it; links are followed before that is asked. */
const readShard = (path: string, name: unknown): Buffer => {
  if (typeof name !== 'string' || name === '') throw wrong(path, 'weightsManifest');
  const folder = realpathSync(dirname(path));
  let file: string;
  try {
    file = realpathSync(join(folder, name));
  } catch (error) {
    throw wrong(path, `${name}: ${detailOf(error)}`, error);
  }
  const inside = relative(folder, file);
  if (isAbsolute(name) || isAbsolute(inside) || inside.split(sep)[0] === '..')
    throw new LongtailError('pretrained/tfjs-outside', { path, file: name });
  return readFileSync(file);
};

/**
 * Reads a TensorFlow.js model from the disk: `model.json` and the shards of weights it names. Nothing
 * is fetched and nothing of it is run. Gives the parts the library reads and a hash of all of them.
 * Throws `pretrained/weights-missing`, `pretrained/tfjs-file` naming what is wrong, and
 * `pretrained/tfjs-outside` for a shard outside the model's folder.
 */
export const readTfjsModel = (
  path: string,
): { readonly model: StoredModel; readonly hash: string } => {
  let text: Buffer;
  try {
    text = readFileSync(path);
  } catch (error) {
    const detail = detailOf(error);
    throw new LongtailError('pretrained/weights-missing', { path, detail }, { cause: error });
  }
  let json: unknown;
  try {
    json = JSON.parse(text.toString());
  } catch (error) {
    throw wrong(path, detailOf(error), error);
  }
  if (!isObject(json) || !isObject(json['modelTopology'])) throw wrong(path, 'modelTopology');
  const { modelTopology, weightsManifest } = json;
  const isGraph = json['format'] === 'graph-model' || 'node' in modelTopology;
  if (!Array.isArray(weightsManifest)) throw wrong(path, 'weightsManifest');
  const hash = createHash('sha256').update(text);
  const shards: Buffer[] = [];
  const specs: unknown[] = [];
  for (const group of weightsManifest as readonly unknown[]) {
    if (!isObject(group) || !Array.isArray(group['paths']) || !Array.isArray(group['weights']))
      throw wrong(path, 'weightsManifest');
    for (const name of group['paths'] as readonly unknown[]) shards.push(readShard(path, name));
    specs.push(...(group['weights'] as readonly unknown[]));
  }
  for (const shard of shards) hash.update(shard);
  const weightData = new Uint8Array(Buffer.concat(shards)).buffer;
  return {
    model: { isGraph, modelTopology, specs, weightData },
    hash: hash.digest('hex').slice(0, 16),
  };
};
