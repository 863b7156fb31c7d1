import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { readConfig } from '../../config/combinations';
import { resolveDataset } from '../../config/paths';
import type { RebalanceConfig } from '../../config/schema';
import { issueLine } from '../../report/issueLine';
import { ansiPaint } from '../../report/live/ansi';
import { createScreen } from '../../report/live/screen';
import { watchTraining } from '../../report/live/watch';
import { plainText, toText } from '../../report/text';
import type { TrainingEnd, TrainingRun } from '../../run/trainerProcess';
import { watchRun } from '../../run/watchRun';
import { say, words } from '../../words/say';
import { datasetRoot as rootOf } from '../analyze';
import type { Desk } from '../commands/command';
import { failureSentence } from '../failure';
import { scannedFingerprint } from '../scannedFingerprint';

export interface TrainingTask {
  readonly configPath: string;
  readonly sweep: boolean;
}

/** Exit codes of the shell. */
const codes = { completed: 0, badInput: 2, failed: 3, stopped: 130 } as const;
const interruptKey = '\u0003';
/** The editor looks for problems in what is drawn, and stops looking soon after the end. */
const settleMs = 1000;

/** What the terminal of a task does with what it is given to show. */
interface Out {
  /** Lines with '\n'. */
  write(text: string): void;
  done(text: string): void;
}

const readText = async (path: string): Promise<string> =>
  new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.file(path)));

/** The config, with its faults written as lines that the problem matcher finds; null on an error. */
const openConfig = async (path: string, out: Out): Promise<RebalanceConfig | null> => {
  const read = await readText(path).catch((error: unknown) => {
    out.done(words('host/task/unreadable', { path, detail: failureSentence(error) }));
    return null;
  });
  if (read === null) return null;
  const { config, issues } = readConfig(read, path);
  for (const issue of issues) out.done(issueLine(path, issue));
  if (config === null) out.done(words('cli/config/refused', { path }));
  return config;
};

const conclude = (end: TrainingEnd, { folder }: TrainingRun, sweep: boolean, out: Out): number => {
  switch (end.outcome) {
    case 'completed':
      if (!sweep) out.write(toText([end.report], ansiPaint));
      out.done(words(sweep ? 'cli/sweep/kept' : 'cli/train/kept', { folder }));
      return codes.completed;
    case 'stopped':
      out.done(words('host/task/stopped'));
      return codes.stopped;
    case 'failed':
      out.done(say(end.error));
      return codes.failed;
  }
};

/**
 * A terminal in which a run of this window is watched. Ctrl-C and the end of the task stop the run
 * with a checkpoint; the terminal ends with the exit code the shell has for it.
 */
export const createTrainingTerminal = (
  desk: Desk,
  { configPath, sweep }: TrainingTask,
): vscode.Pseudoterminal => {
  const written = new vscode.EventEmitter<string>();
  const closed = new vscode.EventEmitter<number>();
  const state: { run: TrainingRun | null; over: boolean } = { run: null, over: false };
  const write = (text: string): void => {
    if (!state.over) written.fire(text.replaceAll('\n', '\r\n'));
  };
  const screen = createScreen({ write, live: true });
  const out: Out = { write, done: (text) => screen.done(text) };
  const train = async (): Promise<number> => {
    const config = await openConfig(configPath, out);
    if (config === null) return codes.badInput;
    const dataset = resolveDataset(config.dataset, dirname(configPath));
    if (state.over) return codes.stopped;
    const run = desk.runs.start({
      configPath,
      title: sweep ? words('sweep/running') : basename(configPath),
      datasetRoot: dataset.root,
      fingerprint: scannedFingerprint(desk.datasets, rootOf(dataset.root), dataset),
      ...(sweep ? { sweep: { recipes: [], seeds: [] } } : {}),
    });
    state.run = run;
    out.done(words('host/task/run', { folder: run.folder }));
    const show = watchTraining(screen, ansiPaint);
    const watching = watchRun(run.folder, (events) => events.forEach(show));
    const end = await run.finished;
    watching.flush();
    watching.dispose();
    screen.clear();
    return conclude(end, run, sweep, out);
  };
  const stop = (): void => {
    if (state.run === null || state.over) return;
    out.done(words('host/task/stopping'));
    state.run.stop();
  };
  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open: () => {
      void train()
        .catch((error: unknown) => {
          out.done(plainText(failureSentence(error)));
          return codes.badInput;
        })
        .then((code) => {
          state.over = true;
          setTimeout(() => closed.fire(code), settleMs);
        });
    },
    close: () => {
      stop();
      state.over = true;
    },
    handleInput: (data) => {
      if (data === interruptKey) stop();
    },
  };
};
