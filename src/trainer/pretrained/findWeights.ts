import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LongtailError } from '../../common/errors';
import { resolvePath } from '../../config/paths';
import { foldStateDict, type FrozenWeights } from './fold';
import { netOf, type NetId } from './nets';
import type { PretrainedNet } from './netTypes';
import { parseStateDict } from './stateDict';
import { decodeWeights, isWeightsFile, weightsHash } from './weightsFile';

/** A network with its weights, and what tells them from others. */
interface FoundNet {
  readonly net: PretrainedNet;
  readonly weights: FrozenWeights;
  readonly hash: string;
}

export interface WeightsSearch {
  /** Absolute path of the config: `weights` is relative to its folder. */
  readonly configPath: string;
  /** Folder of the trainer's bundle: a packaged extension has the weights beside it. */
  readonly bundleFolder: string;
}

const cacheFolder = (): string =>
  path.join(process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'), 'longtail');

/** File of the net's own weights: beside the bundle, else where the set-up makes it. */
const ownWeights = (net: string, bundleFolder: string): string => {
  const name = `${net}.ltw`;
  const made = path.join(cacheFolder(), 'pretrained', name);
  const found = [path.join(bundleFolder, name), made].find((file) => fs.existsSync(file));
  if (found === undefined) throw new LongtailError('pretrained/no-weights', { net, path: made });
  return found;
};

/**
 * The network a config asks for: its own weights, or a PyTorch state dict by path. Throws
 * `pretrained/no-weights`, `pretrained/weights-missing`, and what the readers throw.
 */
export const findWeights = (
  { net: id, weights: given }: { readonly net: NetId; readonly weights?: string | undefined },
  { configPath, bundleFolder }: WeightsSearch,
): FoundNet => {
  const net = netOf(id);
  const file =
    given === undefined
      ? ownWeights(id, bundleFolder)
      : resolvePath(path.dirname(configPath), given);
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(file);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new LongtailError('pretrained/weights-missing', { path: file, detail }, { cause: error });
  }
  const hash = weightsHash(bytes);
  if (!isWeightsFile(bytes))
    return { net, hash, weights: foldStateDict(net, parseStateDict(bytes, file), file) };
  const decoded = decodeWeights(bytes, file);
  if (decoded.net !== id)
    throw new LongtailError('pretrained/weight', {
      ...{ path: file, net: id, name: 'net', found: decoded.net },
    });
  return { net, hash, weights: decoded.weights };
};
