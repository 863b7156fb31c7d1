import { join, resolve } from 'node:path';
import { LongtailError } from '../../common/errors';
import { exportSnippet, frameworks, type Framework } from '../../exporters';
import { featureScript } from '../../exporters/featureScript';
import { profileDataset } from '../../profile/profile';
import { isInside } from '../../run/storePath';
import { words } from '../../words/say';
import { exitCodes, type Command } from '../command';
import { openConfig } from '../configFile';
import { freshPath, writeWhole } from '../output';

/** Not a framework's code but a script: features of the user's own backbone. */
const featuresTarget = 'features';
const targets = [...frameworks, featuresTarget];

const targetOf = (name: string | undefined): Framework | typeof featuresTarget => {
  if (name === featuresTarget) return featuresTarget;
  const found = frameworks.find((framework) => framework === name);
  if (found !== undefined) return found;
  throw name === undefined
    ? new LongtailError('cli/export/to-missing', { known: targets })
    : new LongtailError('cli/export/unknown-framework', { framework: name, known: targets });
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
    const target = targetOf(args.text('to'));
    const out = args.text('out');
    if (out === undefined) throw new LongtailError('cli/export/out-missing');
    const name = target === featuresTarget ? 'extract_features.py' : 'longtail_parts.py';
    const file = freshPath(io, join(out, name), args.flag('force'));
    const opened = await openConfig(resolve(io.cwd, args.positional(0)), io);
    if (opened === null) return exitCodes.badInput;
    const { config, index } = opened;
    if (isInside(file, index.root))
      throw new LongtailError('cli/out-in-dataset', { path: file, dataset: index.root });
    if (target === featuresTarget) writeWhole(file, featureScript(index.root));
    else {
      const profile = profileDataset(index, { classes: config.dataset.classes });
      writeWhole(file, exportSnippet(profile, target));
    }
    const code = target === featuresTarget ? 'cli/export/written-features' : 'cli/export/written';
    io.err(`${words(code, { path: file })}\n`);
    return exitCodes.done;
  },
};
