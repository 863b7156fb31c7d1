import { LongtailError } from '../../src/common/errors';
import { createRandom } from '../../src/common/random';
import { openSamples } from '../../src/dataset/samples';
import { scanDatasetSync } from '../../src/dataset/scan';
import type { DatasetIndex, FileSource } from '../../src/dataset/types';
import { profileDataset } from '../../src/profile/profile';
import { catalogue } from '../../src/words/en';
import { memorySource } from '../unit/dataset/memorySource';
import type { FuzzCase } from './cases';
import { faultySource } from './faultySource';
import { mutate } from './mutate';

/** How an input ended. */
export type Outcome = 'index' | 'refused';

const fail = (what: string): never => {
  throw new Error(what);
};

const readSome = (index: DatasetIndex, source: FileSource): void => {
  const reader = openSamples(source, index);
  try {
    const step = Math.max(1, Math.floor(index.samples / 3));
    for (let sample = 0; sample < index.samples; sample += step)
      try {
        reader.readSample(index.locator(sample));
      } catch (error) {
        if (!(error instanceof LongtailError)) throw error;
      }
    reader.rows?.read((row, cell) => {
      cell(0);
      return row < 20;
    });
  } finally {
    reader.close();
  }
};

const checkIndex = (index: DatasetIndex): void => {
  const { samples, labels, labelStart } = index;
  if (labelStart.length !== samples + 1) fail('labelStart does not fit the samples');
  if (labelStart[samples] !== labels.length) fail('labels do not end where labelStart says');
  for (const label of labels)
    if (index.classNames[label] === undefined) fail(`label ${String(label)} has no class`);
  for (const split of index.split)
    if (index.splitNames[split] === undefined) fail(`split ${String(split)} has no name`);
  if (index.areas !== undefined && index.areas.length !== labels.length)
    fail('areas do not fit the labels');
  for (let sample = 0; sample < Math.min(samples, 50); sample++) {
    const { path, offset, length } = index.locator(sample);
    if (path.split('/').includes('..') || path.startsWith('/')) fail(`locator leaves: ${path}`);
    if (!(offset >= 0) || !(length >= 0)) fail(`locator at ${String(offset)} + ${String(length)}`);
  }
  for (const { code } of profileDataset(index).issues)
    if (!(code in catalogue)) fail(`no sentence for ${code}`);
};

/** Where a scan may look: below the dataset, and in the folder it lies in. */
const checkPlaces = (asked: ReadonlySet<string>): void => {
  for (const path of asked)
    if (!path.startsWith('/data') || path.split('/').includes('..')) fail(`asked for ${path}`);
};

/**
 * Scans a mutated fixture, profiles it and reads some samples. The seed names the input: the same
 * case and seed are the same input. Throws where a reader crashed or broke the index's promises.
 */
export const tryOne = (given: FuzzCase, seed: number): Outcome => {
  const random = createRandom(seed, given.name);
  const tree = mutate(given.files, random);
  const rate = random.nextInt(4) === 0 ? 0.05 : 0;
  const { source, asked } = faultySource(memorySource(Object.fromEntries(tree)), random, rate);
  // As named, as detected, and as something else that the user insists on.
  const named =
    random.nextInt(3) === 0 ? { ...given.options, format: given.format } : given.options;
  try {
    const index = scanDatasetSync(source, given.root, named);
    checkIndex(index);
    readSome(index, source);
    return 'index';
  } catch (error) {
    if (!(error instanceof LongtailError)) throw error;
    if (!(error.code in catalogue)) fail(`no sentence for ${error.code}`);
    return 'refused';
  } finally {
    checkPlaces(asked);
  }
};
