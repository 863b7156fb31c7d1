import { basename } from 'node:path';
import * as vscode from 'vscode';
import { LongtailError } from '../common/errors';
import { countsOfProfile } from '../predictions/trainCounts';
import { readTrained } from '../predictions/trained';
import { say, words } from '../words/say';
import { runCorrection, type CorrectionJob, type CountsFrom } from './correctionJob';
import type { Host } from './host';
import { showMarkdown } from './showMarkdown';
import { analysisFor } from './targets';

const fileKinds = ['npz', 'npy', 'csv', 'tsv', 'parquet'];

const pickFile = async (title: string, kinds: readonly string[]): Promise<string | undefined> => {
  const chosen = await vscode.window.showOpenDialog({
    title,
    canSelectMany: false,
    filters: { [words('host/correct/files')]: [...kinds] },
  });
  return chosen?.[0]?.fsPath;
};

/** The file of a model's outputs; undefined = dismissed. */
export const askForOutputs = (): Promise<string | undefined> =>
  pickFile(words('host/correct/title'), fileKinds);

/** Trainings that are common, as `readTrained` takes them. */
const usualTrainings = [
  'plain',
  'sampler:class-balanced',
  'sampler:square-root',
  'weights:inverse',
  'weights:effective-number',
  'loss:balanced-softmax',
] as const;

const otherTraining = (): Thenable<string | undefined> =>
  vscode.window.showInputBox({
    title: words('host/correct/trained'),
    prompt: words('host/correct/trained-other-prompt'),
    value: usualTrainings[1],
    validateInput: (text) => {
      try {
        readTrained(text);
        return null;
      } catch (error) {
        return error instanceof LongtailError ? say(error) : String(error);
      }
    },
  });

/** How the model was trained, as `readTrained` takes it; undefined = dismissed. */
export const askHowTrained = async (): Promise<string | undefined> => {
  const items = usualTrainings.map((text) => ({
    label: words(`host/correct/trained/${text.replace(':', '-')}`),
    description: text,
    text,
  }));
  const other = { label: words('host/correct/trained-other'), description: '', text: null };
  const chosen = await vscode.window.showQuickPick([...items, other], {
    placeHolder: words('host/correct/trained'),
  });
  return chosen === undefined ? undefined : (chosen.text ?? (await otherTraining()));
};

/** Where the training counts are; undefined = dismissed. */
export const askForCounts = async (host: Host, path: string): Promise<CountsFrom | undefined> => {
  const peeked = await runCorrection(host.paths.correctWorker, { kind: 'peek', path });
  const inFile = peeked.kind === 'peeked' && peeked.bringsCounts;
  const item = (source: 'file' | 'dataset' | 'list') => ({
    label: words(`host/correct/counts-${source}`),
    detail: words(`host/correct/counts-${source}-detail`),
    source,
  });
  const chosen = await vscode.window.showQuickPick(
    [...(inFile ? [item('file')] : []), item('dataset'), item('list')],
    { placeHolder: words('host/correct/counts') },
  );
  if (chosen === undefined) return undefined;
  if (chosen.source === 'file') return { kind: 'file' };
  if (chosen.source === 'dataset') {
    const analysis = await analysisFor(host, undefined);
    return analysis === undefined
      ? undefined
      : { kind: 'named', counts: [...countsOfProfile(analysis.profile)] };
  }
  const kinds = ['json', 'yaml', 'yml', 'csv', 'tsv'];
  const list = await pickFile(words('host/correct/counts-list'), kinds);
  return list === undefined ? undefined : { kind: 'list', path: list };
};

/** What the file does not say and the user can; undefined = dismissed, null = nothing to ask. */
const askForPart = async (
  code: string,
): Promise<Partial<CorrectJob['parts']> | null | undefined> => {
  if (code === 'posthoc/no-labels') {
    const labels = await pickFile(words('host/correct/labels'), fileKinds);
    return labels === undefined ? undefined : { labels };
  }
  if (code !== 'posthoc/no-class-order') return null;
  const classes = await vscode.window.showInputBox({
    title: words('host/correct/classes'),
    prompt: words('host/correct/classes-prompt'),
  });
  return classes === undefined ? undefined : { classes };
};

type CorrectJob = Extract<CorrectionJob, { kind: 'correct' }>;

/** A correction that was made: how it can be made again, and what it says. */
export interface MadeCorrection {
  readonly job: CorrectJob;
  readonly markdown: string;
  readonly sentence: string;
}

/**
 * Corrects in a thread, with progress; what the file does not say (labels, the order of the
 * classes) is asked for once. undefined = dismissed. Throws what the core throws.
 */
export const makeCorrection = async (
  host: Host,
  job: CorrectJob,
): Promise<MadeCorrection | undefined> => {
  const title = words('host/correct/running', { name: basename(job.path) });
  try {
    const made = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title },
      () => runCorrection(host.paths.correctWorker, job),
    );
    if (made.kind !== 'corrected') return undefined;
    const sentence = made.reasons.map((reason) => say(reason)).join(' ');
    return { job, markdown: made.markdown, sentence };
  } catch (error) {
    if (!(error instanceof LongtailError)) throw error;
    const part = await askForPart(error.code);
    if (part === null) throw error;
    const parts = { ...job.parts, ...part };
    const known = Object.keys(parts).length > Object.keys(job.parts).length;
    return part === undefined || !known ? undefined : makeCorrection(host, { ...job, parts });
  }
};

/** Shows the report of a correction. */
export const showCorrection = (host: Host, { job, markdown }: MadeCorrection): Promise<void> =>
  showMarkdown(host, `posthoc/${basename(job.path)}.md`, markdown);

/** Asks for a folder and writes config, code and corrected predictions there. */
export const saveCorrection = async ({ paths }: Host, { job }: MadeCorrection): Promise<void> => {
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: words('host/correct/save-button'),
    title: words('host/correct/save-title'),
  });
  const out = chosen?.[0]?.fsPath;
  if (out === undefined) return;
  await runCorrection(paths.correctWorker, { ...job, out });
  vscode.window.setStatusBarMessage(words('host/correct/saved', { folder: out }), 8000);
};
