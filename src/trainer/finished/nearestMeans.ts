import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RebalanceConfig } from '../../config/schema';
import { meanVariants, type NearestMean } from '../../methods/posthoc';
import { runFiles } from '../../protocol/runFiles';
import { readNpz, writeNpz } from '../npz';
import type { ClassMeans } from './servedNetwork';

const fileOf = (folder: string): string => join(folder, runFiles.model, 'nearest-mean.npz');

/** Keeps the means that the scores of a run were made with: its weights alone do not tell them. */
export const writeNearestMeans = (folder: string, fitted: NearestMean | null): void => {
  if (fitted === null) return;
  const { means, centre } = fitted;
  const width = centre.length;
  writeNpz(fileOf(folder), {
    means: {
      shape: [means.length / width, width],
      values: Float32Array.from(means, (value) => (Number.isNaN(value) ? 0 : value)),
    },
    centre: { shape: [width], values: Float32Array.from(centre) },
  });
};

/** The means of a run that is scored by them; null where the run did not keep them. */
export const readNearestMeans = (
  folder: string,
  posthoc: Extract<RebalanceConfig['posthoc'], { kind: 'nearest-mean' }>,
): ClassMeans | null => {
  if (!existsSync(fileOf(folder))) return null;
  const arrays = readNpz(fileOf(folder));
  const [means, centre] = ['means', 'centre'].map((name) => arrays.get(name)?.values);
  if (!(means instanceof Float32Array && centre instanceof Float32Array)) return null;
  return { means, centre, variant: meanVariants[posthoc.variant] };
};
