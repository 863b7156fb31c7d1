import { bar, pad, plainText } from '../report/text';
import type { Io } from './io';

/** One line of progress on stderr. */
export interface Progress {
  /** `share` in [0, 1], or null where the end is not known. */
  show(text: string, share: number | null): void;
  /** Leaves a last line and moves on. */
  done(text: string): void;
  /** Takes the line away, for a failure or another message. */
  clear(): void;
}

const barWidth = 24;
const redrawMs = 80;
/** Where stderr is no terminal a line now and then says that it goes on. */
const lineMs = 5000;

/** In a terminal the line is redrawn in place, elsewhere a new one is written every few seconds. */
export const createProgress = (io: Io, now: () => number = Date.now): Progress => {
  const every = io.liveProgress ? redrawMs : lineMs;
  let last = io.liveProgress ? Number.NEGATIVE_INFINITY : now();
  let drawn = false;
  const clear = (): void => {
    if (drawn) io.err('\r\u001b[2K');
    drawn = false;
  };
  return {
    show: (text, share) => {
      if (now() - last < every) return;
      last = now();
      const shown = share === null ? '' : `${pad(bar(share, barWidth), barWidth)} `;
      if (!io.liveProgress) {
        const percent = share === null ? '' : `${Math.floor(share * 100)} % `;
        io.err(`${percent}${plainText(text)}\n`);
        return;
      }
      clear();
      io.err(`${shown}${plainText(text)}`.slice(0, Math.max(20, io.columns - 1)));
      drawn = true;
    },
    done: (text) => {
      clear();
      io.err(`${plainText(text)}\n`);
    },
    clear,
  };
};
