import { Worker } from 'node:worker_threads';
import { LongtailError, type Issue, type Message } from '../../common/errors';
import type { LongTailProfile } from '../../profile/types';
import type { Framework, SnippetPart } from '../snippets/types';

/** A config to write as files. */
export interface FilesJob {
  readonly kind: 'files';
  /** Where the dataset's index lies. */
  readonly indexPath: string;
  readonly config: {
    readonly text: string;
    readonly path: string;
    /** Whether it is new, and is written beside the files. */
    readonly made: boolean;
  };
  /** Id of the exporter. */
  readonly exporter: string;
  /** Folder to write into; absolute, and outside the dataset. */
  readonly out: string;
}

/** Code for the clipboard. */
export interface SnippetJob {
  readonly kind: 'snippet';
  readonly profile: LongTailProfile;
  readonly framework: Framework;
  readonly part: SnippetPart;
}

/** The code beside a model whose description and weights are in a folder already. */
export interface ModelCodeJob {
  readonly kind: 'model';
  readonly folder: string;
}

export type ExportJobOfThread = FilesJob | SnippetJob | ModelCodeJob;

export interface WrittenFiles {
  readonly kind: 'files';
  /** Absolute; the one to read first at the beginning. */
  readonly paths: readonly string[];
  /** What of the config is not in them. */
  readonly issues: readonly Issue[];
}

export interface WrittenCode {
  readonly kind: 'model';
  /** Absolute; the one to read first at the beginning. */
  readonly paths: readonly string[];
}

export interface SnippetText {
  readonly kind: 'snippet';
  readonly text: string;
}

export type ExportOutcome =
  | WrittenFiles
  | SnippetText
  | WrittenCode
  | { readonly kind: 'failed'; readonly code: string; readonly params: Message['params'] };

const runThread = async (workerPath: string, job: ExportJobOfThread): Promise<ExportOutcome> => {
  const worker = new Worker(workerPath, { workerData: job });
  const outcome = await new Promise<ExportOutcome>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    // After a message this changes nothing: a promise settles once.
    worker.once('exit', (code) => reject(new Error(`the thread ended with code ${String(code)}`)));
  });
  if (outcome.kind === 'failed') throw new LongtailError(outcome.code, outcome.params);
  return outcome;
};

const unexpected = (): LongtailError =>
  new LongtailError('common/unexpected', { detail: 'exportWorker' });

/**
 * Writes a config for a framework, in a thread of its own: templates are in no other bundle, and a
 * list of millions of samples blocks nobody. `workerPath` is the bundled `exportWorker`.
 * LongtailErrors as `exportPlan` and `exportFiles` name them, `exporters/config`,
 * `exporters/cannot-write`.
 */
export const writeExport = async (
  workerPath: string,
  job: Omit<FilesJob, 'kind'>,
): Promise<WrittenFiles> => {
  const outcome = await runThread(workerPath, { kind: 'files', ...job });
  if (outcome.kind !== 'files') throw unexpected();
  return outcome;
};

/** Code with a dataset's counts, to be pasted. LongtailErrors as `exportSnippet` names them. */
export const makeSnippet = async (
  workerPath: string,
  job: Omit<SnippetJob, 'kind'>,
): Promise<string> => {
  const outcome = await runThread(workerPath, { kind: 'snippet', ...job });
  if (outcome.kind !== 'snippet') throw unexpected();
  return outcome.text;
};

/** Writes the code beside an exported model. LongtailErrors: `model/description`, `exporters/cannot-write`. */
export const writeModelCode = async (
  workerPath: string,
  folder: string,
): Promise<readonly string[]> => {
  const outcome = await runThread(workerPath, { kind: 'model', folder });
  if (outcome.kind !== 'model') throw unexpected();
  return outcome.paths;
};
