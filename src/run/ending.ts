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
  133: 'SIGTRAP',
  134: 'SIGABRT',
  135: 'SIGBUS',
  136: 'SIGFPE',
  137: 'SIGKILL',
  139: 'SIGSEGV',
  143: 'SIGTERM',
};

const faults = new Set(['SIGILL', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGSEGV']);
/** How V8 ends itself when it gets no more memory: by one of these, after a line about it. */
const givesUp = new Set(['SIGABRT', 'SIGTRAP', 'SIGILL']);
const outOfMemory =
  /^.*(?:out of memory|process OOM|allocation failed|bad_alloc|cannot allocate).*$/im;

/** Of the last words a sentence shows so many letters; the run's log has all of them. */
const shownLetters = 2000;

/** Why a training process ended before it was done, as a sentence's code. */
export const endingOf = ({ code, signal, stderr }: ProcessEnd): Message => {
  const by = signal ?? signalOfCode[code ?? -1] ?? null;
  const last = stderr.trim().slice(-shownLetters);
  const params = { code: code ?? -1, signal: by ?? '', stderr: last || '–' };
  if (by === null) return { code: 'run/exited', params };
  const noMemory = givesUp.has(by) ? outOfMemory.exec(stderr) : null;
  // A dump of the stack follows, which tells the user nothing.
  if (noMemory !== null)
    return { code: 'run/out-of-memory', params: { ...params, stderr: noMemory[0].trim() } };
  return { code: faults.has(by) ? 'run/crashed' : 'run/killed', params };
};
