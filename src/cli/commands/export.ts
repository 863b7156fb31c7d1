import { join, resolve } from 'node:path';
import { LongtailError } from '../../common/errors';
import { exporterId, exporterIds } from '../../exporters/ids';
import { writeExport, type FilesJob } from '../../exporters/thread/client';
import { plainText } from '../../report/text';
import { say, words } from '../../words/say';
import { adviceFor } from '../advice';
import type { Args } from '../args';
import { exitCodes, type Command } from '../command';
import { openConfig } from '../configFile';
import { isConfigFile } from '../configOrDataset';
import type { Io } from '../io';
import { freshPath, keepOutside } from '../output';
import { profileOf, scanOptions } from '../profileOf';
import { chosenAdvice, recipeText, recipeTitle } from '../recipe';

/** One line an exporter: what `--to` names, and what it is for. */
const list = (): string => {
  const width = Math.max(...exporterIds.map((id) => id.length)) + 2;
  const lines = exporterIds.map((id) => {
    const title = words(`exporters/title-${id}`);
    return `  ${id.padEnd(width)}${title}: ${words(`exporters/about-${id}`)}`;
  });
  return `${words('cli/export/list')}\n${lines.join('\n')}\n`;
};

interface Source extends Pick<FilesJob, 'indexPath' | 'config'> {
  readonly root: string;
  /** What the recipe is called, where the config was made here. */
  readonly title: string | null;
}

/** A dataset's config, made for the folder: the recipe named, else the first advice that has one. */
const fromDataset = async (args: Args, io: Io, folder: string): Promise<Source> => {
  const profiled = await profileOf(args, io);
  const recipe = chosenAdvice(adviceFor(profiled, args, io), args.text('recipe'));
  const text = recipeText(profiled, recipe, folder);
  return {
    root: profiled.index.root,
    indexPath: profiled.indexPath,
    config: { text, path: join(folder, 'longtail.yaml'), made: true },
    title: recipeTitle(recipe),
  };
};

/** A config that agrees with its dataset; null when it does not, and stderr says why. */
const fromConfig = async (args: Args, io: Io, path: string): Promise<Source | null> => {
  if (args.text('recipe') !== undefined) throw new LongtailError('cli/export/recipe-and-config');
  const opened = await openConfig(path, io);
  if (opened === null) return null;
  const { index, indexPath, text } = opened;
  return { root: index.root, indexPath, config: { text, path, made: false }, title: null };
};

const write = async (source: Source, exporter: string, folder: string, io: Io): Promise<void> => {
  const { root, indexPath, config, title } = source;
  keepOutside(folder, root);
  const workerPath = join(io.distFolder, 'exportWorker.js');
  const { paths, issues } = await writeExport(workerPath, {
    indexPath,
    config,
    exporter,
    out: folder,
  });
  for (const issue of issues)
    io.err(`${plainText(`${words(`cli/severity/${issue.severity}`)}: ${say(issue)}`)}\n`);
  if (title !== null) io.err(`${words('cli/config/written', { path: config.path, title })}\n`);
  await io.out(`${paths.join('\n')}\n`);
  const kind = exporter === 'features' ? 'script' : 'code';
  io.err(`${words(`cli/export/written-${kind}`)}\n`);
};

/** A config, or a dataset with the config made on the way, as code for a framework. */
export const exportCode: Command = {
  name: 'export',
  positionals: ['CONFIG|DATASET'],
  options: {
    to: { type: 'string', value: 'NAME', required: true, bare: true },
    out: { type: 'string', value: 'DIR', about: 'export-out' },
    recipe: { type: 'string', value: 'ID' },
    force: { type: 'boolean' },
    ...scanOptions,
  },
  run: async (args, io) => {
    if (args.isBare('to')) {
      await io.out(list());
      return exitCodes.done;
    }
    const named = args.text('to');
    if (named === undefined)
      throw new LongtailError('cli/export/to-missing', { known: exporterIds });
    const exporter = exporterId(named);
    const folder = freshPath(io, args.text('out') ?? `longtail-${named}`, args.flag('force'));
    const path = resolve(io.cwd, args.positional(0));
    const source = isConfigFile(path)
      ? await fromConfig(args, io, path)
      : await fromDataset(args, io, folder);
    if (source === null) return exitCodes.badInput;
    await write(source, exporter, folder, io);
    return exitCodes.done;
  },
};
