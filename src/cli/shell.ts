import { version } from '../../package.json';
import { CancelledError, LongtailError } from '../common/errors';
import { nearest } from '../config/nearest';
import { plainText } from '../report/text';
import { say, words } from '../words/say';
import { readArgs, wantsHelp } from './args';
import { exitCodes } from './command';
import { commands } from './commands';
import { commandHelp, generalHelp } from './help';
import type { Io } from './io';

const find = (name: string) => {
  const command = commands.find((candidate) => candidate.name === name);
  if (command !== undefined) return command;
  const known = commands.map((candidate) => candidate.name);
  const near = nearest(name, known);
  throw near === null
    ? new LongtailError('cli/unknown-command', { command: name, known })
    : new LongtailError('cli/unknown-command-near', { command: name, near });
};

const dispatch = async (argv: readonly string[], io: Io): Promise<number> => {
  const [name, ...rest] = argv;
  if (name === undefined) {
    io.err(generalHelp(commands, io.columns));
    return exitCodes.badInput;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    const about = rest[0];
    await io.out(
      about === undefined
        ? generalHelp(commands, io.columns)
        : commandHelp(find(about), io.columns),
    );
    return exitCodes.done;
  }
  if (name === '--version') {
    await io.out(`${version}\n`);
    return exitCodes.done;
  }
  const command = find(name);
  if (wantsHelp(rest)) {
    await io.out(commandHelp(command, io.columns));
    return exitCodes.done;
  }
  return command.run(readArgs(command, rest), io);
};

/**
 * Runs one command line and resolves to its exit code. What the user can put right is one sentence
 * on stderr; anything else is a defect and shows its stack.
 */
export const runShell = async (argv: readonly string[], io: Io): Promise<number> => {
  try {
    const code = await dispatch(argv, io);
    return io.signal.aborted ? exitCodes.cancelled : code;
  } catch (error) {
    if (error instanceof CancelledError || io.signal.aborted) {
      io.err(`${words('cli/cancelled')}\n`);
      return exitCodes.cancelled;
    }
    if (error instanceof LongtailError) {
      io.err(`${plainText(say(error))}\n`);
      return exitCodes.badInput;
    }
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.err(`${words('common/unexpected', { detail })}\n`);
    return exitCodes.runFailed;
  }
};
