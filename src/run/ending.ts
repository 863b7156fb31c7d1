import type { Message } from '../common/errors';

/** How a process ended, as Node tells it, and the last it said. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

/** A shell or a container between us and the child turns a signal into 128 + its number. */
const signalOfCode: Readonly<Record<number, string>> = {
  132: 'SIGILL',
  134: 'SIGABRT',
  135: 'SIGBUS',
  136: 'SIGFPE',
  137: 'SIGKILL',
  139: 'SIGSEGV',
  143: 'SIGTERM',
};

const faults = new Set(['SIGILL', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGSEGV']);
const outOfMemory = /out of memory|allocation failed|bad_alloc|cannot allocate/i;

/** Why a training process ended before it was done, as a sentence's code. */
export const endingOf = ({ code, signal, stderr }: ProcessEnd): Message => {
  const by = signal ?? signalOfCode[code ?? -1] ?? null;
  const params = { code: code ?? -1, signal: by ?? '', stderr: stderr.trim() || '–' };
  if (by === null) return { code: 'run/exited', params };
  if (by === 'SIGABRT' && outOfMemory.test(stderr)) return { code: 'run/out-of-memory', params };
  return { code: faults.has(by) ? 'run/crashed' : 'run/killed', params };
};
