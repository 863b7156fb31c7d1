import { plainText } from '../text';

/** The last lines of a terminal, redrawn in place, with lines that stay above them. */
export interface Screen {
  /** `line` says the same where nothing can be redrawn; nothing is shown more often than is read. */
  draw(block: () => readonly string[], line: () => string): void;
  /** Leaves a line and moves on. */
  done(text: string): void;
  /** Takes the block away, for a failure or another message. */
  clear(): void;
}

export interface ScreenOptions {
  readonly write: (text: string) => void;
  /** Whether lines can be redrawn: in a terminal, not in a log. */
  readonly live: boolean;
  readonly now?: () => number;
}

const redrawMs = 80;
/** In a log a line now and then says that it goes on. */
const lineMs = 5000;
const noWrap = '\u001b[?7l';
const wrap = '\u001b[?7h';
const eraseLine = '\r\u001b[2K';
const lineUp = '\u001b[1A';

/** Draws through `write`. A line that is too long is cut by the terminal, never wrapped. */
export const createScreen = ({ write, live, now = Date.now }: ScreenOptions): Screen => {
  const every = live ? redrawMs : lineMs;
  let last = live ? Number.NEGATIVE_INFINITY : now();
  let height = 0;
  const erased = (): string =>
    height === 0 ? '' : eraseLine + `${lineUp}${eraseLine}`.repeat(height - 1);
  const clear = (): void => {
    if (height > 0) write(erased());
    height = 0;
  };
  return {
    draw: (block, line) => {
      if (now() - last < every) return;
      last = now();
      if (!live) {
        const text = line();
        if (text !== '') write(`${text}\n`);
        return;
      }
      const lines = block();
      // One write: a terminal shows no half of it.
      write(`${erased()}${noWrap}${lines.join('\n')}${wrap}`);
      height = lines.length;
    },
    done: (text) => {
      clear();
      write(`${plainText(text)}\n`);
    },
    clear,
  };
};
