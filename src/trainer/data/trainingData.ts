import { dirname } from 'node:path';
import { LongtailError, type Issue } from '../../common/errors';
import type { DatasetFacts } from '../../config/facts';
import { resolveDataset } from '../../config/paths';
import type { RebalanceConfig } from '../../config/schema';
import { viewClasses, type ClassView } from '../../dataset/classView';
import { formatOptionsIn } from '../../dataset/formatOptions';
import { nodeFileSource } from '../../dataset/nodeFileSource';
import { openSamples } from '../../dataset/samples';
import type { DatasetIndex, SampleReader } from '../../dataset/types';
import type { BackendId, Ops } from '../backend/types';
import type { ExtractionProgress } from '../pretrained/extractAll';
import { loadFeatures } from '../pretrained/loadFeatures';
import { createDecodePool } from './decodePool';
import { createImageInput, type InputSource } from './imageInput';
import { countLabels, labelSetsOf, type LabelSets } from './multiLabel';
import { openDataset } from './openDataset';
import { loadPixels, type PictureSource } from './pixels';
import { makeSplit, trainingRows, withoutRows, type Split, type SplitQuestion } from './split';
import { loadTable } from './table';
import { loadText } from './text';

/** A dataset ready to train on. Rows are sample numbers of its index. */
export interface TrainingData {
  readonly root: string;
  readonly fingerprint: string;
  /** Samples of the index: the length of `split.bin`. */
  readonly samples: number;
  readonly classNames: readonly string[];
  readonly task: 'single-label' | 'multi-label';
  /** Class of each sample, −1 where it is not used; −1 everywhere with several labels an item. */
  readonly classOf: Int32Array;
  /** The labels of each sample where it may have several; null where it has one. */
  readonly multi: LabelSets | null;
  readonly split: Split;
  /** Training counts before any hold-out: the bands are of these. With several labels, items that have each. */
  readonly bandCounts: readonly number[];
  /** Counts of what is trained on: priors, weights and samplers are of these. */
  readonly trainCounts: readonly number[];
  readonly input: InputSource;
  readonly issues: readonly Issue[];
}

export interface DataOptions {
  readonly config: RebalanceConfig;
  /** Absolute path of the config: dataset paths are relative to its folder. */
  readonly configPath: string;
  readonly cacheFolder: string;
  /** Where the bundled decoder lies. */
  readonly workerFolder: string;
  /** What a pretrained network runs on. */
  readonly backend: { readonly id: BackendId; readonly ops: Ops };
  /** Told what was scanned before anything is decoded; throws when it cannot be trained on. */
  readonly check: (facts: DatasetFacts) => void;
  /** Called while data are read; throws to stop. */
  readonly tick: () => void;
  /** Told how far a pretrained network is with the pictures. */
  readonly onFeatures?: ((progress: ExtractionProgress) => void) | undefined;
}

const scan = ({ config, configPath, cacheFolder }: DataOptions): DatasetIndex => {
  const dataset = resolveDataset(config.dataset, dirname(configPath));
  const { root } = dataset;
  const index = openDataset(root, formatOptionsIn(dataset), cacheFolder);
  if (index.task !== 'single-label' && index.task !== 'multi-label')
    throw new LongtailError('train/task-unsupported', { task: index.task, root });
  if (!['image', 'tabular', 'text'].includes(index.modality))
    throw new LongtailError('train/modality-unsupported', { modality: index.modality, root });
  return index;
};

/** What the config checks want to know: classes of the dataset with their training counts. */
const factsOf = (index: DatasetIndex, training: Uint32Array): DatasetFacts => {
  const counts = new Array<number>(index.classNames.length).fill(0);
  for (const row of training)
    for (let i = index.labelStart[row] ?? 0; i < (index.labelStart[row + 1] ?? 0); i++) {
      const label = index.labels[i] ?? 0;
      counts[label] = (counts[label] ?? 0) + 1;
    }
  return {
    task: index.task,
    modality: index.modality,
    classes: index.classNames.map((name, id) => ({ name, count: counts[id] ?? 0 })),
    splits: index.splitNames,
  };
};

/** The model's class of every sample: the one label it has, seen through the config's classes. */
const classesOf = (index: DatasetIndex, view: ClassView): Int32Array =>
  Int32Array.from({ length: index.samples }, (_, row) => {
    const start = index.labelStart[row] ?? 0;
    if ((index.labelStart[row + 1] ?? 0) - start !== 1) return -1;
    return view.map[index.labels[start] ?? 0] ?? -1;
  });

const countClasses = (rows: Uint32Array, classOf: Int32Array, classes: number): number[] => {
  const counts = new Array<number>(classes).fill(0);
  for (const row of rows) counts[classOf[row] ?? 0] = (counts[classOf[row] ?? 0] ?? 0) + 1;
  return counts;
};

interface LoadedInput {
  readonly split: Split;
  readonly input: InputSource;
  readonly issues: readonly Issue[];
}

const loadPictures = async (
  source: PictureSource,
  split: Split,
  options: DataOptions,
): Promise<LoadedInput> => {
  const rows = Uint32Array.from([...split.train, ...split.validation, ...split.test]).sort();
  const pool = createDecodePool(options.workerFolder);
  try {
    const { cacheFolder, config, tick } = options;
    const pixels = await loadPixels(source, pool, { input: config.input, rows, cacheFolder, tick });
    const slotOf = new Int32Array(source.index.samples);
    rows.forEach((row, slot) => {
      slotOf[row] = slot;
    });
    const readable = withoutRows(split, pixels.unreadable);
    if (readable.train.length === 0 || readable.test.length === 0)
      throw new LongtailError('train/no-readable-image', {
        root: source.index.root,
        count: pixels.unreadable.size,
      });
    const input = createImageInput({
      data: pixels.data,
      shape: pixels.shape,
      slotOf,
      trainRows: readable.train,
      augment: config.input.augment,
    });
    return { split: readable, input, issues: pixels.issues };
  } finally {
    await pool.close();
  }
};

/** Samples as the network will see them, by what they are and what the config makes of them. */
const loadSamples = (
  index: DatasetIndex,
  reader: SampleReader,
  split: Split,
  options: DataOptions,
): Promise<LoadedInput> | LoadedInput => {
  const { config, tick } = options;
  if (reader.rows !== undefined) {
    const source = { index, rows: reader.rows, split, tick };
    return config.input.kind === 'text' ? loadText(source, config.input) : loadTable(source);
  }
  const readSample = (row: number) => reader.readSample(index.locator(row));
  const source: PictureSource = { index, files: nodeFileSource, readSample };
  const load = config.model.kind === 'pretrained' ? loadFeatures : loadPictures;
  return load(source, split, options);
};

/**
 * Scans the dataset, splits it, and brings its samples into memory as the network will see them.
 * Throws LongtailErrors for what cannot be trained on (`train/…`, `dataset/…`); damaged samples
 * are issues.
 */
export const loadTrainingData = async (options: DataOptions): Promise<TrainingData> => {
  const { config } = options;
  const index = scan(options);
  const view = viewClasses(index, config.dataset.classes);
  if (view.names.length < 2)
    throw new LongtailError('train/one-class', { count: view.names.length, names: view.names });
  const several = index.task === 'multi-label' ? labelSetsOf(index, view) : null;
  const classOf =
    several === null ? classesOf(index, view) : new Int32Array(index.samples).fill(-1);
  const question: SplitQuestion = {
    classOf,
    several,
    classNames: view.names,
    splitOf: index.split,
    splitNames: index.splitNames,
    wanted: config.dataset.splits,
    seed: config.seed,
  };
  const before = trainingRows(question);
  options.check(factsOf(index, before));
  const whole = makeSplit(question);
  if (whole.test.length === 0) throw new LongtailError('train/no-test', { root: index.root });
  const reader = openSamples(nodeFileSource, index);
  try {
    const loaded = await loadSamples(index, reader, whole, options);
    const classes = view.names.length;
    const count = (rows: Uint32Array): number[] =>
      several === null
        ? countClasses(rows, classOf, classes)
        : countLabels(rows, several.multi, classes);
    const trainCounts = count(loaded.split.train);
    const present = trainCounts.filter((n) => n > 0).length;
    if (present < 2) throw new LongtailError('train/one-class', { count: present, names: [] });
    return {
      root: index.root,
      fingerprint: index.fingerprint,
      samples: index.samples,
      task: several === null ? 'single-label' : 'multi-label',
      classNames: view.names,
      classOf,
      multi: several?.multi ?? null,
      split: loaded.split,
      bandCounts: count(before),
      trainCounts,
      input: loaded.input,
      issues: [...index.issues.filter((one) => one.severity !== 'info'), ...loaded.issues],
    };
  } finally {
    reader.close();
  }
};
