import { resolve } from 'node:path';
import { LongtailError } from '../../common/errors';
import { nearest } from '../../config/nearest';
import { samplesOfClass } from '../../dataset/inspect/samplesOfClass';
import { nodeFileSource } from '../../dataset/nodeFileSource';
import { placeText } from '../../report/places';
import { plainText } from '../../report/text';
import { words } from '../../words/say';
import { exitCodes, type Command } from '../command';
import { writeJson } from '../output';
import { formatOptionsOf, scan, scanOptions } from '../profileOf';

const defaultLimit = 100;

/** A name that is there, or an error that names the nearest one. */
const checkedName = (kind: 'class' | 'split', name: string, known: readonly string[]): string => {
  if (known.includes(name)) return name;
  const near = nearest(name, known);
  throw near === null
    ? new LongtailError(`cli/samples/no-${kind}`, { name, known: known.slice(0, 20) })
    : new LongtailError(`cli/samples/no-${kind}-near`, { name, near });
};

/** The samples of one class, a line each: where to look when a class is odd. */
export const samples: Command = {
  name: 'samples',
  positionals: ['PATH'],
  options: {
    class: { type: 'string', value: 'NAME', required: true },
    split: { type: 'string', value: 'S' },
    limit: { type: 'string', value: 'N' },
    ...scanOptions,
    json: { type: 'boolean' },
  },
  run: async (args, io) => {
    const name = args.text('class');
    if (name === undefined) throw new LongtailError('cli/samples/class-missing');
    const limit = args.number('limit') ?? defaultLimit;
    if (!Number.isInteger(limit) || limit < 0)
      throw new LongtailError('cli/samples/limit', { limit });
    const root = resolve(io.cwd, args.positional(0));
    const options = { ...formatOptionsOf(args, io), fresh: args.flag('fresh') };
    const { index } = await scan(io, root, options);
    const split = args.text('split');
    const found = samplesOfClass(nodeFileSource, index, {
      className: checkedName('class', name, index.classNames),
      ...(split === undefined ? {} : { split: checkedName('split', split, index.splitNames) }),
      limit,
    });
    if (args.flag('json')) await writeJson(io, found);
    else {
      for (const place of found.samples) await io.out(`${plainText(placeText(place))}\n`);
      const shown = found.samples.length;
      if (shown < found.count)
        io.err(`${words('cli/samples/more', { count: found.count - shown })}\n`);
    }
    return exitCodes.done;
  },
};
