import type { Args } from './args';
import type { Io } from './io';

export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  /** What stands for the value in the usage line: FILE, N. A boolean with one may be given `=value`. */
  readonly value?: string;
  /** Shown without brackets; the command itself refuses to go on without it. */
  readonly required?: true;
  /** May stand without its value, which asks for the list of values. */
  readonly bare?: true;
  /** May be given several times. */
  readonly many?: true;
  /** Key of the sentence that explains it, where the name alone means another thing elsewhere. */
  readonly about?: string;
}

/** Exit codes of every command. */
export const exitCodes = { done: 0, checkFailed: 1, badInput: 2, runFailed: 3, cancelled: 130 };

/** One command of the shell: one file, one row in `commands/index.ts`. */
export interface Command {
  readonly name: string;
  /** Names of the positional arguments, as the usage line shows them. */
  readonly positionals: readonly string[];
  /** Whether the last positional may be given several times. */
  readonly many?: boolean;
  /** Whether the positionals may be left away. */
  readonly optional?: boolean;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Resolves to the exit code; throws LongtailError for bad input. */
  run(args: Args, io: Io): Promise<number>;
}
