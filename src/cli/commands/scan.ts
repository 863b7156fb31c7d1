import { exitCodes, type Command } from '../command';
import { writeJson } from '../output';
import { profileOf, scanOptions } from '../profileOf';
import { profileText } from '../profileText';

export const scan: Command = {
  name: 'scan',
  positionals: ['PATH'],
  options: { ...scanOptions, all: { type: 'boolean' }, json: { type: 'boolean' } },
  run: async (args, io) => {
    const { profile } = await profileOf(args, io);
    if (args.flag('json')) await writeJson(io, profile);
    else
      await io.out(
        profileText(profile, { all: args.flag('all'), columns: io.columns, paint: io.paint }),
      );
    return exitCodes.done;
  },
};
