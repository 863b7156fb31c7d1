import { join, resolve } from 'node:path';
import { LongtailError } from '../../common/errors';
import { exportSnippet, frameworks, type Framework } from '../../exporters';
import { profileDataset } from '../../profile/profile';
import { isInside } from '../../run/storePath';
import { words } from '../../words/say';
import { exitCodes, type Command } from '../command';
import { openConfig } from '../configFile';
import { freshPath, writeWhole } from '../output';

const frameworkOf = (name: string | undefined): Framework => {
  const found = frameworks.find((framework) => framework === name);
  if (found !== undefined) return found;
  throw name === undefined
    ? new LongtailError('cli/export/to-missing', { known: frameworks })
    : new LongtailError('cli/export/unknown-framework', { framework: name, known: frameworks });
};

/** Weights, sampler and loss of a config's dataset as a Python module of the user's own. */
export const exportCode: Command = {
  name: 'export',
  positionals: ['CONFIG'],
  options: {
    to: { type: 'string', value: 'FRAMEWORK', required: true },
    out: { type: 'string', value: 'DIR', required: true, about: 'export-out' },
    force: { type: 'boolean' },
  },
  run: async (args, io) => {
    const framework = frameworkOf(args.text('to'));
    const out = args.text('out');
    if (out === undefined) throw new LongtailError('cli/export/out-missing');
    const file = freshPath(io, join(out, 'longtail_parts.py'), args.flag('force'));
    const opened = await openConfig(resolve(io.cwd, args.positional(0)), io);
    if (opened === null) return exitCodes.badInput;
    const { config, index } = opened;
    if (isInside(file, index.root))
      throw new LongtailError('cli/out-in-dataset', { path: file, dataset: index.root });
    const profile = profileDataset(index, { classes: config.dataset.classes });
    writeWhole(file, exportSnippet(profile, framework));
    io.err(`${words('cli/export/written', { path: file })}\n`);
    return exitCodes.done;
  },
};
