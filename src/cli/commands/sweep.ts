import { words } from '../../words/say';
import { exitCodes, type Command } from '../command';

/** Announced, not there yet: says so instead of doing half of it. */
export const sweep: Command = {
  name: 'sweep',
  positionals: ['CONFIG'],
  options: { recipes: { type: 'string', value: 'A,B' } },
  run: (_, io) => {
    io.err(`${words('cli/sweep/not-yet')}\n`);
    return Promise.resolve(exitCodes.badInput);
  },
};
