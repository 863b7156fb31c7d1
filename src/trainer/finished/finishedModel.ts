import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LongtailError } from '../../common/errors';
import { parseExportedModel } from '../../config/exportedModel/schema';
import { modelFiles, type ExportedModel } from '../../config/exportedModel/types';
import { modelSchema, type ModelConfig } from '../../config/schema';
import type { NamedWeight } from '../models/types';
import { readNpz } from '../npz';
import { openRunModel } from './runModel';

type PretrainedConfig = Extract<ModelConfig, { kind: 'pretrained' }>;

/** A model ready to be used or written elsewhere. */
export interface FinishedModel {
  readonly description: ExportedModel;
  readonly weights: ReadonlyMap<string, NamedWeight>;
  /** The frozen network below it, as the run's config names it, by paths relative to its file. */
  readonly frozen: { readonly model: PretrainedConfig; readonly configPath: string } | null;
}

const readWeights = (path: string): ReadonlyMap<string, NamedWeight> => {
  const weights = new Map<string, NamedWeight>();
  for (const [name, { shape, values }] of readNpz(path))
    if (values instanceof Float32Array) weights.set(name, { shape, values });
  return weights;
};

/** A listed network with its own weights: all that an exported head can name. */
const frozenOf = ({ input }: ExportedModel, path: string): FinishedModel['frozen'] => {
  if (input.kind !== 'features' || input.network === null) return null;
  const parsed = modelSchema.safeParse({ kind: 'pretrained', net: input.network.net });
  return parsed.success && parsed.data.kind === 'pretrained'
    ? { model: parsed.data, configPath: path }
    : null;
};

const openExported = (folder: string): FinishedModel => {
  const path = join(folder, modelFiles.description);
  const weights = join(folder, modelFiles.weights);
  if (!existsSync(weights)) throw new LongtailError('model/no-weights', { folder });
  const description = parseExportedModel(readFileSync(path, 'utf8'), path);
  return { description, weights: readWeights(weights), frozen: frozenOf(description, path) };
};

/**
 * Opens the folder of a finished run or of an exported model. Throws `model/none` for any other,
 * `model/description`, `model/no-weights`, `train/npz-damaged`, and what `openRunModel` throws.
 */
export const openModel = (folder: string, storeFolder: string): FinishedModel => {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new LongtailError('model/none', { folder });
  return existsSync(join(folder, modelFiles.description))
    ? openExported(folder)
    : openRunModel(folder, storeFolder);
};
