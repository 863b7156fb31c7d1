import { join, resolve } from 'node:path';
import { inspectDataset } from '../../dataset/inspect/inspectClient';
import { inspectionMarkdown } from '../../report/inspection';
import { words } from '../../words/say';
import { exitCodes, type Command } from '../command';
import { writeJson } from '../output';
import { formatOptionsOf, scan, scanOptions } from '../profileOf';
import { createProgress } from '../progress';

/** Opens every sample: repeated files, empty and damaged ones, sizes. Only on request. */
export const inspect: Command = {
  name: 'inspect',
  positionals: ['PATH'],
  options: { ...scanOptions, json: { type: 'boolean' } },
  run: async (args, io) => {
    const root = resolve(io.cwd, args.positional(0));
    const options = { ...formatOptionsOf(args), fresh: args.flag('fresh') };
    const { indexPath } = await scan(io, root, options);
    const progress = createProgress(io);
    try {
      const inspection = await inspectDataset(indexPath, {
        workerPath: join(io.distFolder, 'inspectWorker.js'),
        signal: io.signal,
        onProgress: (share) => progress.show(words('inspect/progress'), share),
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
