import { join, resolve } from 'node:path';
import { LongtailError } from '../../common/errors';
import { inspectDataset, largestRadius, usualRadius } from '../../dataset/inspect/inspectClient';
import { inspectionMarkdown } from '../../report/inspection';
import { words } from '../../words/say';
import type { Args } from '../args';
import { exitCodes, type Command } from '../command';
import { writeJson } from '../output';
import { formatOptionsOf, scan, scanOptions } from '../profileOf';
import { createProgress } from '../progress';

/** The radius asked for, or undefined where no pictures are to be decoded. */
const nearOf = (args: Args): number | undefined => {
  const bits = args.number('near-bits');
  if (bits === undefined) return args.flag('near') ? usualRadius : undefined;
  if (!Number.isInteger(bits) || bits < 0 || bits > largestRadius)
    throw new LongtailError('cli/inspect/near-bits', { bits, largest: largestRadius });
  return bits;
};

/** Opens every sample: repeated files, empty and damaged ones, sizes. Only on request. */
export const inspect: Command = {
  name: 'inspect',
  positionals: ['PATH'],
  options: {
    near: { type: 'boolean' },
    'near-bits': { type: 'string', value: 'N' },
    ...scanOptions,
    json: { type: 'boolean' },
  },
  run: async (args, io) => {
    const root = resolve(io.cwd, args.positional(0));
    const near = nearOf(args);
    const options = { ...formatOptionsOf(args, io), fresh: args.flag('fresh') };
    const { indexPath } = await scan(io, root, options);
    const progress = createProgress(io);
    const progressText = words(near === undefined ? 'inspect/progress' : 'inspect/progress-near');
    try {
      const inspection = await inspectDataset(indexPath, {
        workerPath: join(io.distFolder, 'inspectWorker.js'),
        ...(near === undefined ? {} : { near }),
        signal: io.signal,
        onProgress: (share) => progress.show(progressText, share),
      });
      progress.clear();
      if (args.flag('json')) await writeJson(io, inspection);
      else await io.out(inspectionMarkdown(inspection));
      return exitCodes.done;
    } finally {
      progress.clear();
    }
  },
};
