import { dirname, resolve } from 'node:path';
import { LongtailError } from '../common/errors';
import type { PlacedIssue } from '../config/parse';
import { noLimits, readClassLimits, readLimits, shareOf } from '../check/limits';
import type { ClassLimits, Limits } from '../check/types';
import type { Args } from './args';
import { printIssues, readText } from './configFile';
import type { Io } from './io';

/** What the user set, and the files it came from. */
export interface AskedLimits {
  readonly limits: Limits;
  readonly limitsFile: string | null;
  readonly baselineFile: string | null;
}

const refuse = (path: string, issues: readonly PlacedIssue[], io: Io): void => {
  printIssues(path, issues, io);
  if (issues.some(({ severity }) => severity === 'error'))
    throw new LongtailError('cli/check/refused', { path });
};

const numberOf = (option: string, value: string): number => {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number))
    throw new LongtailError('cli/not-a-number', { option: `--${option}`, value });
  return number;
};

/** NAME=N of an option; the name may hold “=” itself. */
const pairOf = (option: string, written: string): readonly [string, number] => {
  const at = written.lastIndexOf('=');
  if (at <= 0) throw new LongtailError('cli/check/not-a-pair', { option: `--${option}`, written });
  return [written.slice(0, at), numberOf(option, written.slice(at + 1))];
};

const pairs = (args: Args, option: string): readonly (readonly [string, number])[] =>
  args.texts(option).map((written) => pairOf(option, written));

/** --min-class N for all, --min-class NAME=N for one; a later one replaces an earlier. */
const minClassesOf = (
  args: Args,
): { readonly all?: number; readonly own: ReadonlyMap<string, ClassLimits> } => {
  const option = 'min-class';
  const written = args.texts(option);
  const all = written.findLast((one) => !one.includes('='));
  const own = written.filter((one) => one.includes('=')).map((one) => pairOf(option, one));
  return {
    ...(all === undefined ? {} : { all: numberOf(option, all) }),
    own: new Map(own.map(([name, min]) => [name, { min }])),
  };
};

const maxDropOf = (args: Args): number | undefined => {
  const written = args.text('max-drop');
  if (written === undefined) return undefined;
  const share = shareOf(written);
  if (share === null) throw new LongtailError('cli/check/not-a-share', { written });
  return share;
};

const fromFile = (args: Args, io: Io): AskedLimits => {
  const named = args.text('limits');
  if (named === undefined) return { limits: noLimits, limitsFile: null, baselineFile: null };
  const path = resolve(io.cwd, named);
  const { limits, baselineFile, issues } = readLimits(readText(path), path);
  refuse(path, issues, io);
  return {
    limits: limits ?? noLimits,
    limitsFile: path,
    baselineFile: baselineFile === null ? null : resolve(dirname(path), baselineFile),
  };
};

const classLimitsOf = (args: Args, io: Io): ReadonlyMap<string, ClassLimits> => {
  const named = args.text('class-limits');
  if (named === undefined) return new Map();
  const path = resolve(io.cwd, named);
  const { classes, issues } = readClassLimits(readText(path), path);
  refuse(path, issues, io);
  return classes ?? new Map<string, ClassLimits>();
};

/** The limits of the file, then those of the command line in their place. */
export const askedLimits = (args: Args, io: Io): AskedLimits => {
  const { limits: written, limitsFile, baselineFile } = fromFile(args, io);
  const { all, own } = minClassesOf(args);
  const maxImbalance = args.number('max-imbalance');
  const maxDrop = maxDropOf(args);
  const splits = new Map(written.splits);
  for (const [split, minClass] of pairs(args, 'min-split-class')) {
    const before = splits.get(split) ?? { max: new Map(), min: new Map(), classes: new Map() };
    splits.set(split, { ...before, minClass });
  }
  const limits: Limits = {
    ...written,
    ...(maxImbalance === undefined ? {} : { maxImbalance }),
    ...(all === undefined ? {} : { minClass: all }),
    max: new Map([...written.max, ...pairs(args, 'max')]),
    min: new Map([...written.min, ...pairs(args, 'min')]),
    classes: new Map([...written.classes, ...classLimitsOf(args, io), ...own]),
    splits,
    baseline: { ...written.baseline, ...(maxDrop === undefined ? {} : { maxDrop }) },
  };
  const named = args.text('baseline');
  const file = named === undefined ? baselineFile : resolve(io.cwd, named);
  return { limits, limitsFile, baselineFile: file };
};
