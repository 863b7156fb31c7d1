import { ansiPaint } from '../report/live/ansi';
import type { Paint } from '../report/text';
import { fitSentences } from './wrap';

/** What a command sees of the world: tests hand in their own. */
export interface Io {
  /** Data. Resolves when the reader took it, so that a large answer never piles up in memory. */
  out: (text: string) => Promise<void>;
  /** Text for people: on a terminal its sentences are broken between words. */
  outText: (text: string) => Promise<void>;
  /** Messages and progress. */
  err(text: string): void;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Fires at the first interrupt. */
  readonly signal: AbortSignal;
  /** Colours on stdout. */
  readonly paint: Paint;
  /** Colours on stderr. */
  readonly paintErr: Paint;
  /** Whether stderr is a terminal: progress may then redraw its line. */
  readonly liveProgress: boolean;
  /** Columns of the terminal stdout goes to, 100 where it goes elsewhere. */
  readonly columns: number;
  /** Absolute folder of the bundles (scan worker, trainer). */
  readonly distFolder: string;
}

/** Colours by ANSI codes, unless the stream is no terminal or the user declined (no-color.org). */
export const painter = (
  isTerminal: boolean,
  env: Readonly<Record<string, string | undefined>>,
): Paint => {
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  const declined = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return (isTerminal || forced) && !declined ? ansiPaint : (_, text) => text;
};

/**
 * The real process. The first interrupt asks everything to end in order (a run writes its
 * checkpoint), the second leaves at once with 130.
 */
export const processIo = (distFolder: string): Io => {
  const { stdout, stderr, env } = process;
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  // A reader that closed the pipe (`| head`) has what it wanted.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const out = (text: string): Promise<void> =>
    new Promise((resolve) => {
      stdout.write(text, () => resolve());
    });
  const columns = stdout.isTTY && stdout.columns > 0 ? stdout.columns : 100;
  return {
    out,
    outText: (text) => out(stdout.isTTY ? fitSentences(text, columns) : text),
    err: (text) => void stderr.write(text),
    cwd: process.cwd(),
    env,
    signal: controller.signal,
    paint: painter(stdout.isTTY, env),
    paintErr: painter(stderr.isTTY, env),
    liveProgress: stderr.isTTY && env['TERM'] !== 'dumb',
    columns,
    distFolder,
  };
};
