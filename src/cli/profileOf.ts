import { join, resolve } from 'node:path';
import { formatOptionsIn } from '../dataset/formatOptions';
import { scanDataset, type ScanResult } from '../dataset/scanClient';
import type { FormatOptions } from '../dataset/types';
import { profileDataset } from '../profile/profile';
import type { LongTailProfile } from '../profile/types';
import { integer } from '../report/tables';
import { plainText } from '../report/text';
import { say, words } from '../words/say';
import type { Args } from './args';
import type { OptionSpec } from './command';
import type { Io } from './io';
import { createProgress } from './progress';

/** Options of every command that reads a dataset. */
export const scanOptions: Readonly<Record<string, OptionSpec>> = {
  format: { type: 'string', value: 'F' },
  'label-column': { type: 'string', value: 'NAME' },
  'path-column': { type: 'string', value: 'NAME' },
  'split-column': { type: 'string', value: 'NAME' },
  'split-lists': { type: 'string', value: 'DIR' },
  delimiter: { type: 'string', value: 'CHAR' },
  depth: { type: 'string', value: 'N' },
  fresh: { type: 'boolean' },
};

/** What the user named about the format; `option` is what a command calls the format's own name. */
export const formatOptionsOf = (args: Args, { cwd }: Io, option = 'format'): FormatOptions => {
  const lists = args.text('split-lists');
  return formatOptionsIn({
    format: args.text(option),
    labelColumn: args.text('label-column'),
    pathColumn: args.text('path-column'),
    splitColumn: args.text('split-column'),
    splitLists: lists === undefined ? undefined : resolve(cwd, lists).replaceAll('\\', '/'),
    delimiter: args.text('delimiter')?.replace('\\t', '\t'),
    depth: args.number('depth'),
  });
};

/** Scans a dataset with progress on stderr; interrupts cancel it. */
export const scan = async (
  io: Io,
  root: string,
  options: FormatOptions & { readonly fresh?: boolean },
): Promise<ScanResult> => {
  const progress = createProgress(io);
  try {
    return await scanDataset(root, {
      ...options,
      signal: io.signal,
      workerPath: join(io.distFolder, 'scanWorker.js'),
      onProgress: ({ samples, classes, share }) =>
        progress.show(words('cli/scan/progress', { samples, classes }), share ?? null),
    });
  } finally {
    progress.clear();
  }
};

export interface Profiled extends ScanResult {
  readonly profile: LongTailProfile;
}

/** The profile of the dataset a command's first positional names. */
export const profileOf = async (args: Args, io: Io, formatOption?: string): Promise<Profiled> => {
  const root = resolve(io.cwd, args.positional(0));
  const options = { ...formatOptionsOf(args, io, formatOption), fresh: args.flag('fresh') };
  const result = await scan(io, root, options);
  return { ...result, profile: profileDataset(result.index) };
};

const mostIssues = 20;

/** Issues of a scan as lines, worst first; what is left out is counted. */
export const issueLines = ({ issues, audit }: LongTailProfile): string[] => {
  const all = [...issues, ...(audit?.findings ?? [])];
  const order = ['error', 'warning', 'info'] as const;
  const sorted = order.flatMap((severity) => all.filter((issue) => issue.severity === severity));
  const lines = sorted.slice(0, mostIssues).map((issue) => {
    const place = [issue.path, issue.line].filter((part) => part !== undefined).join(':');
    const where = place === '' ? '' : ` (${place})`;
    return `  ${words(`cli/severity/${issue.severity}`)}  ${plainText(say(issue) + where)}`;
  });
  const rest = sorted.length - lines.length;
  return rest > 0
    ? [...lines, `  ${words('cli/more-issues', { count: rest, n: integer(rest) })}`]
    : lines;
};
