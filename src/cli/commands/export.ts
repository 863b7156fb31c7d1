import { words } from '../../words/say';
import { exitCodes, type Command } from '../command';

/** Announced, not there yet: says so instead of doing half of it. */
export const exportCode: Command = {
  name: 'export',
  positionals: ['CONFIG'],
  options: {
    to: { type: 'string', value: 'FRAMEWORK' },
    out: { type: 'string', value: 'DIR' },
    force: { type: 'boolean' },
  },
  run: (_, io) => {
    io.err(`${words('cli/export/not-yet')}\n`);
    return Promise.resolve(exitCodes.badInput);
  },
};
