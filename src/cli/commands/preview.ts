import { resolve } from 'node:path';
import { dryRun } from '../../config/preview/dryRun';
import { nodeFileSource } from '../../dataset/nodeFileSource';
import { pictureFacts } from '../../dataset/pictureFacts';
import { profileDataset } from '../../profile/profile';
import { previewText } from '../../report/preview';
import { earlierRuns } from '../../run/earlierRuns';
import { resolveStore } from '../../run/storePath';
import { hasNativeRuntime } from '../../runtime/folder';
import { exitCodes, type Command } from '../command';
import { openConfig } from '../configFile';
import { writeJson } from '../output';
import { mustBeTrainable } from './train';

/** What a config would do, from the labels alone: nothing is trained or written. */
export const preview: Command = {
  name: 'preview',
  positionals: ['CONFIG'],
  options: { json: { type: 'boolean' } },
  run: async (args, io) => {
    const opened = await openConfig(resolve(io.cwd, args.positional(0)), io, mustBeTrainable);
    if (opened === null) return exitCodes.badInput;
    const { config, index } = opened;
    const store = resolveStore({ datasetRoots: [index.root], cwd: io.cwd, env: io.env });
    const run = dryRun(config, profileDataset(index), {
      pictures: pictureFacts(index, nodeFileSource) ?? undefined,
      earlier: earlierRuns(store),
      backend: hasNativeRuntime(io.env) ? 'native' : 'wasm',
    });
    if (args.flag('json')) await writeJson(io, run);
    else await io.outText(previewText(run, io.paint));
    return exitCodes.done;
  },
};
