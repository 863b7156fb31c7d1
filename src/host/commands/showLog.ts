import { commandIds } from '../ids';
import type { Command } from './command';

/** Opens the log. */
export const showLogCommand: Command = {
  id: commandIds.showLog,
  run: ({ log }) => log.show(),
};
