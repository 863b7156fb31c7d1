import { join } from 'node:path';
import { writeModelCode } from '../../exporters/thread/client';
import { runModelJob } from '../../run/modelProcess';
import { readRun } from '../../run/runStore';
import { words } from '../../words/say';
import { exitCodes, type Command } from '../command';
import { freshPath, keepOutside } from '../output';
import { runFolder } from '../runFolder';

/** The model of a finished run as files for other programs. */
export const model: Command = {
  name: 'model',
  positionals: ['RUN'],
  options: {
    out: { type: 'string', value: 'DIR', about: 'model-out' },
    force: { type: 'boolean' },
  },
  run: async (args, io) => {
    const { folder, store } = runFolder(args.positional(0), io);
    const out = freshPath(io, args.text('out') ?? 'longtail-model', args.flag('force'));
    const root = readRun(folder)?.record.datasetRoot;
    if (root !== undefined) keepOutside(out, root);
    const { env, signal, distFolder } = io;
    const written = await runModelJob(
      { kind: 'export', model: folder, storeFolder: store, out },
      { trainerPath: join(distFolder, 'trainer.js'), env, signal },
    );
    const code = await writeModelCode(join(distFolder, 'exportWorker.js'), out);
    await io.out(`${[...code, ...written].join('\n')}\n`);
    io.err(`${words('cli/model/written')}\n`);
    return exitCodes.done;
  },
};
