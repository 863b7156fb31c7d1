import { createScreen, type Screen } from '../report/live/screen';
import type { Io } from './io';

/** Progress of a run on stderr. */
export const screenOf = (io: Io): Screen =>
  createScreen({ write: (text) => io.err(text), live: io.liveProgress });
