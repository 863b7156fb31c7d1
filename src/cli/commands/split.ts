import { join, resolve } from 'node:path';
import { LongtailError } from '../../common/errors';
import { splitDataset } from '../../dataset/split/splitClient';
import type { GroupChoice } from '../../dataset/split/types';
import { wantedParts } from '../../dataset/split/wantedParts';
import { splitSentences, splitTable } from '../../report/split';
import { plainText, textTable } from '../../report/text';
import { words } from '../../words/say';
import type { Args } from '../args';
import { exitCodes, type Command } from '../command';
import type { Io } from '../io';
import { freshPath, keepOutside, writeJson } from '../output';
import { formatOptionsOf, scan, scanOptions } from '../profileOf';

const groupOf = (args: Args): GroupChoice | undefined => {
  const [by, column] = [args.text('group'), args.text('group-column')];
  if (by !== undefined && column !== undefined) throw new LongtailError('cli/split/two-groups');
  if (column !== undefined) return { by: 'column', name: column };
  if (by === undefined) return undefined;
  const prefix = /^prefix(?::([1-9]))?$/.exec(by);
  if (prefix !== null) return { by: 'prefix', parts: Number(prefix[1] ?? 1) };
  if (by === 'folder') return { by };
  throw new LongtailError('cli/split/group', { group: by });
};

const seedOf = (args: Args): number => {
  const seed = args.number('seed') ?? 0;
  if (!Number.isInteger(seed) || seed < 0) throw new LongtailError('cli/split/seed', { seed });
  return seed;
};

const folderOf = (args: Args, io: Io, root: string): string | undefined => {
  const out = args.text('out');
  if (out === undefined) return undefined;
  const folder = freshPath(io, out, args.flag('force'));
  keepOutside(folder, root);
  return folder;
};

/** Proposes a stratified split, and writes it as lists where told; nothing in the dataset moves. */
export const split: Command = {
  name: 'split',
  positionals: ['PATH'],
  options: {
    shares: { type: 'string', value: '0.8,0.1,0.1', required: true },
    group: { type: 'string', value: 'folder|prefix|prefix:N' },
    'group-column': { type: 'string', value: 'NAME' },
    split: { type: 'string', value: 'S', about: 'split-from' },
    seed: { type: 'string', value: 'N', about: 'split-seed' },
    out: { type: 'string', value: 'DIR', about: 'split-out' },
    absolute: { type: 'boolean' },
    numbers: { type: 'boolean' },
    force: { type: 'boolean' },
    ...scanOptions,
    json: { type: 'boolean' },
  },
  run: async (args, io) => {
    const shares = args.text('shares');
    if (shares === undefined) throw new LongtailError('cli/split/shares-missing');
    const [group, from] = [groupOf(args), args.text('split')];
    const request = {
      parts: wantedParts(shares),
      seed: seedOf(args),
      ...(group === undefined ? {} : { group }),
      ...(from === undefined ? {} : { from }),
    };
    const root = resolve(io.cwd, args.positional(0));
    const folder = folderOf(args, io, root);
    const options = { ...formatOptionsOf(args, io), fresh: args.flag('fresh') };
    const { indexPath } = await scan(io, root, options);
    const style = { absolute: args.flag('absolute'), numbers: args.flag('numbers') };
    const summary = await splitDataset(
      { indexPath, request, ...(folder === undefined ? {} : { output: { folder, style } }) },
      { workerPath: join(io.distFolder, 'inspectWorker.js'), signal: io.signal },
    );
    if (args.flag('json')) await writeJson(io, summary);
    else {
      const lines = [
        ...splitSentences(summary).map(plainText),
        '',
        ...textTable(splitTable(summary, Infinity), io.paint),
      ];
      await io.outText(`${lines.join('\n')}\n`);
    }
    if (folder !== undefined) {
      const files = [...summary.files, 'split.json'];
      io.err(`${words('cli/split/written', { folder, files })}\n`);
    }
    return exitCodes.done;
  },
};
