import { profileWithinClass } from '../../profile/withinClass';
import { words } from '../../words/say';
import type { Args } from '../args';
import { exitCodes, type Command } from '../command';
import { groupsBy } from '../groups';
import type { Io } from '../io';
import { writeJson } from '../output';
import { profileOf, scanOptions, type Profiled } from '../profileOf';
import { profileText } from '../profileText';

/** The profile, with the classes by a second column or by folders where that was asked for. */
const withGroups = async (
  { profile, index }: Profiled,
  args: Args,
  io: Io,
): Promise<Profiled['profile']> => {
  const by = args.text('by');
  if (by === undefined) return profile;
  const groups = await groupsBy(by, index, io);
  const withinClass = profileWithinClass(index, profile.profiledSplit, groups);
  if (withinClass !== null) return { ...profile, withinClass };
  io.err(`${words('within/nothing', { by })}\n`);
  return profile;
};

export const scan: Command = {
  name: 'scan',
  positionals: ['PATH'],
  options: {
    by: { type: 'string', value: 'COLUMN|folder|folder:N' },
    ...scanOptions,
    all: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  run: async (args, io) => {
    const profile = await withGroups(await profileOf(args, io), args, io);
    if (args.flag('json')) await writeJson(io, profile);
    else
      await io.outText(
        profileText(profile, { all: args.flag('all'), columns: io.columns, paint: io.paint }),
      );
    return exitCodes.done;
  },
};
