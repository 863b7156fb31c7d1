import { fork, type ChildProcess } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';

/** Variables the editor sets for its own processes; they would change what the child is. */
const isEditorVariable = (name: string): boolean =>
  name === 'NODE_OPTIONS' || name.startsWith('VSCODE_') || name.startsWith('ELECTRON_');

/** The environment of the child: the parent's without the editor's variables, run as plain Node. */
export const childEnvironment = (
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> => {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !isEditorVariable(entry[0]),
  );
  return { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1' };
};

export interface Child {
  readonly process: ChildProcess;
  /** The last of what it wrote to stderr. */
  stderrTail(): string;
}

/** Long enough for the dump of a stack, so that the line about its reason is still there. */
const tailLength = 8000;

const openLog = (path: string): WriteStream => {
  const log = createWriteStream(path, { flags: 'a' });
  // A full disk must not take the parent down; the run itself reports what it cannot write.
  log.on('error', () => undefined);
  return log;
};

/** Forks the trainer; what it prints goes to the run's log, never to the parent's own output. */
export const forkTrainer = (
  trainerPath: string,
  logPath: string,
  env: Readonly<Record<string, string | undefined>>,
): Child => {
  const child = fork(trainerPath, [], {
    execPath: process.execPath,
    execArgv: [],
    env: childEnvironment(env),
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log = openLog(logPath);
  let tail = '';
  child.stdout?.on('data', (chunk: Buffer) => log.write(chunk));
  child.stderr?.on('data', (chunk: Buffer) => {
    log.write(chunk);
    tail = (tail + chunk.toString('utf8')).slice(-tailLength);
  });
  child.on('close', () => log.end());
  return { process: child, stderrTail: () => tail };
};

/** How a child was brought to an end. */
export type StopStep = 'asked' | 'terminated' | 'killed';

/** Asks, waits the grace, sends SIGTERM, waits again, kills. */
export const createStopper = (
  child: ChildProcess,
  ask: () => void,
  graceMs: number,
): { stop(): void; reached(): StopStep | null; clear(): void } => {
  let reached: StopStep | null = null;
  let timer: NodeJS.Timeout | undefined;
  const after = (ms: number, step: () => void): void => {
    timer = setTimeout(step, ms);
  };
  return {
    stop: () => {
      if (reached !== null) return;
      reached = 'asked';
      ask();
      after(graceMs, () => {
        reached = 'terminated';
        child.kill('SIGTERM');
        after(Math.min(graceMs, 5000), () => {
          reached = 'killed';
          child.kill('SIGKILL');
        });
      });
    },
    reached: () => reached,
    clear: () => clearTimeout(timer),
  };
};
