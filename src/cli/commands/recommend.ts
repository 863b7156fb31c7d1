import { adviceFor } from '../advice';
import { adviceText } from '../adviceText';
import { exitCodes, type Command } from '../command';
import { writeJson } from '../output';
import { profileOf, scanOptions } from '../profileOf';

export const recommend: Command = {
  name: 'recommend',
  positionals: ['PATH'],
  options: {
    deploy: { type: 'string', value: 'uniform|as-trained|FILE' },
    ...scanOptions,
    json: { type: 'boolean' },
  },
  run: async (args, io) => {
    const advice = adviceFor(await profileOf(args, io), args, io);
    if (args.flag('json')) await writeJson(io, advice);
    else await io.out(adviceText(advice, { columns: io.columns, paint: io.paint }));
    return exitCodes.done;
  },
};
