import { existsSync, readFileSync } from 'node:fs';
import { LongtailError } from '../../common/errors';
import { createRandom, shuffle } from '../../common/random';
import type { RebalanceConfig } from '../../config/schema';
import { defaultTestShare, heldOutCount } from '../../methods/sampling';
import { writeAtomic } from '../atomicFile';
import type { LabelSets } from './multiLabel';
import { stratifyLabelSets } from './multiLabelSplit';

/** Rows (sample numbers of the index, ascending) of each part. */
export interface Split {
  readonly train: Uint32Array;
  /** Empty with `validation: none`. */
  readonly validation: Uint32Array;
  readonly test: Uint32Array;
  /** `heldOut` when the dataset has no test split and a share of the training data stands in. */
  readonly scoredSplit: 'test' | 'heldOut';
}

export interface SplitQuestion {
  /** Class by sample, −1 where the sample is not used; with several labels an item not asked. */
  readonly classOf: Int32Array;
  /** The labels of items that have several, and which items are used; null with one label. */
  readonly several?: {
    readonly multi: LabelSets;
    readonly isUsed: (row: number) => boolean;
  } | null;
  readonly classNames: readonly string[];
  /** Split by sample, an index into `splitNames`. */
  readonly splitOf: Uint8Array;
  readonly splitNames: readonly string[];
  readonly wanted: RebalanceConfig['dataset']['splits'];
  readonly seed: number;
}

const isUsed = ({ several, classOf }: SplitQuestion, row: number): boolean =>
  several ? several.isUsed(row) : (classOf[row] ?? -1) >= 0;

/** Used rows of a split; the name `all` is every row unless a split is called so. */
const rowsOf = (question: SplitQuestion, name: string): Uint32Array => {
  const id = question.splitNames.indexOf(name);
  const everything = id === -1 && name === 'all';
  const rows: number[] = [];
  question.splitOf.forEach((split, row) => {
    if ((everything || split === id) && isUsed(question, row)) rows.push(row);
  });
  return Uint32Array.from(rows);
};

const missing = (part: string, name: string, question: SplitQuestion): LongtailError =>
  new LongtailError('train/split-missing', { part, name, splits: question.splitNames });

/** The training rows before any hold-out: the named split, or everything where there are no splits. */
export const trainingRows = (question: SplitQuestion): Uint32Array => {
  const { splitNames, wanted } = question;
  const name = splitNames.includes(wanted.train)
    ? wanted.train
    : splitNames.length === 1
      ? (splitNames[0] ?? '')
      : wanted.train;
  const rows = rowsOf(question, name);
  if (rows.length === 0) throw missing('train', name, question);
  return rows;
};

/** A part that is a split of the dataset, or null when a share has to stand in. */
const ownRows = (
  question: SplitQuestion,
  part: 'validation' | 'test',
): Uint32Array | { readonly share: number } => {
  const value = question.wanted[part];
  if (typeof value === 'number') return { share: value };
  if (part === 'validation' && value === 'none') return new Uint32Array();
  if (question.splitNames.includes(value)) return rowsOf(question, value);
  if (part === 'test' && value === 'test') return { share: defaultTestShare };
  throw missing(part, value, question);
};

interface Parts {
  readonly train: readonly number[];
  readonly validation: readonly number[];
  readonly test: readonly number[];
}

/** The draw of a class depends on the seed and its name alone. */
const byClass = (
  question: SplitQuestion,
  held: (part: 'test' | 'validation') => (count: number) => number,
): Parts => {
  const { classOf, classNames, seed } = question;
  const parts: { train: number[]; validation: number[]; test: number[] } = {
    train: [],
    validation: [],
    test: [],
  };
  const rowsOfClass: number[][] = classNames.map(() => []);
  for (const row of trainingRows(question)) rowsOfClass[classOf[row] ?? -1]?.push(row);
  rowsOfClass.forEach((rows, id) => {
    shuffle(rows, createRandom(seed, 'hold-out', classNames[id] ?? ''));
    const forTest = held('test')(rows.length);
    const forValidation = held('validation')(rows.length);
    for (const row of rows.slice(0, forTest)) parts.test.push(row);
    for (const row of rows.slice(forTest, forTest + forValidation)) parts.validation.push(row);
    for (const row of rows.slice(forTest + forValidation)) parts.train.push(row);
  });
  return parts;
};

/**
 * Stratified and seeded: of every class a share for test (where asked) and one for validation, both
 * shares of the class's own count; with several labels an item as near to that as the sets allow.
 */
export const makeSplit = (question: SplitQuestion): Split => {
  const { several, classNames, seed } = question;
  const test = ownRows(question, 'test');
  const validation = ownRows(question, 'validation');
  const shares = {
    test: 'share' in test ? test.share : 0,
    validation: 'share' in validation ? validation.share : 0,
  };
  if (shares.test + shares.validation >= 1) throw new LongtailError('train/split-shares', shares);
  const held = (part: 'test' | 'validation') => (count: number) =>
    shares[part] === 0 ? 0 : heldOutCount(count, shares[part]);
  const severalParts = (multi: LabelSets): Parts => {
    const [train = [], ownTest = [], ownValidation = []] = stratifyLabelSets({
      rows: trainingRows(question),
      sets: multi,
      classNames,
      heldOut: [held('test'), held('validation')],
      shares: [shares.test, shares.validation],
      seed,
    });
    return { train, test: ownTest, validation: ownValidation };
  };
  const parts = several ? severalParts(several.multi) : byClass(question, held);
  const sorted = (rows: readonly number[]): Uint32Array => Uint32Array.from(rows).sort();
  return {
    train: sorted(parts.train),
    validation: 'share' in validation ? sorted(parts.validation) : validation,
    test: 'share' in test ? sorted(parts.test) : test,
    scoredSplit: 'share' in test ? 'heldOut' : 'test',
  };
};

/** The split without rows that turned out to be unusable. */
export const withoutRows = (split: Split, bad: ReadonlySet<number>): Split => {
  if (bad.size === 0) return split;
  const keep = (rows: Uint32Array): Uint32Array => rows.filter((row) => !bad.has(row));
  return {
    ...split,
    train: keep(split.train),
    validation: keep(split.validation),
    test: keep(split.test),
  };
};

const magic = 'LTSPLIT1';
const headerBytes = 13;
const codes = { train: 1, validation: 2, test: 3 } as const;

/**
 * `split.bin`: magic, samples u32, held-out flag u8, then one byte a sample (0 unused, 1 train,
 * 2 validation, 3 test).
 */
export const encodeSplit = (split: Split, samples: number): Uint8Array => {
  const bytes = Buffer.alloc(headerBytes + samples);
  bytes.write(magic, 'latin1');
  bytes.writeUInt32LE(samples, 8);
  bytes.writeUInt8(split.scoredSplit === 'heldOut' ? 1 : 0, 12);
  for (const part of ['train', 'validation', 'test'] as const)
    for (const row of split[part]) bytes[headerBytes + row] = codes[part];
  return bytes;
};

/**
 * Keeps the split of a run. Where one is kept already (a resumed run) it must be the same: a
 * dataset that changed under a run is refused with `train/dataset-changed`.
 */
export const keepSplit = (
  path: string,
  split: Split,
  { samples, root }: { readonly samples: number; readonly root: string },
): void => {
  const bytes = encodeSplit(split, samples);
  if (!existsSync(path)) writeAtomic(path, bytes);
  else if (Buffer.compare(readFileSync(path), bytes) !== 0)
    throw new LongtailError('train/dataset-changed', { root });
};
