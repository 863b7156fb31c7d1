import { existsSync, readdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { LongtailError } from '../common/errors';
import { writeAtomicParts } from '../run/atomicFile';
import { isInside } from '../run/storePath';
import { words } from '../words/say';
import type { Args } from './args';
import type { Io } from './io';

/** Items of a long list written at once. */
const batch = 500;

const pieces = function* (value: unknown): Generator<string> {
  if (Array.isArray(value) && value.length > batch) {
    const items: readonly unknown[] = value;
    for (let from = 0; from < items.length; from += batch) {
      const part = JSON.stringify(items.slice(from, from + batch)).slice(1, -1);
      yield `${from === 0 ? '[' : ',\n'}${part}`;
    }
    yield ']';
  } else {
    // What JSON cannot say (a function, undefined) is null, as in an array.
    yield JSON.stringify(value ?? null);
  }
};

/** Writes an object as JSON, key by key and long lists in batches: never one string for all of it. */
export const writeJson = async (io: Io, value: object): Promise<void> => {
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  let lead = '{\n';
  for (const [key, item] of entries) {
    if (item === undefined) continue;
    await io.out(`${lead}${JSON.stringify(key)}: `);
    for (const piece of pieces(item)) await io.out(piece);
    lead = ',\n';
  }
  await io.out(lead === '{\n' ? '{}\n' : '\n}\n');
};

/** An output path, absolute; `cli/out-exists` when something is there and `force` is not set. */
export const freshPath = (io: Io, path: string, force: boolean): string => {
  const absolute = resolve(io.cwd, path);
  const taken =
    existsSync(absolute) && (!statSync(absolute).isDirectory() || readdirSync(absolute).length > 0);
  if (taken && !force) throw new LongtailError('cli/out-exists', { path: absolute });
  return absolute;
};

/** Throws `cli/out-in-dataset`: nothing is ever written inside a dataset, wherever it was asked for. */
export const keepOutside = (path: string, dataset: string): void => {
  if (isInside(path, dataset)) throw new LongtailError('cli/out-in-dataset', { path, dataset });
};

/** Writes a whole file or nothing, piece by piece; folders on the way are made. */
export const writeParts = (path: string, parts: Iterable<string>): void => {
  try {
    writeAtomicParts(path, parts);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new LongtailError('cli/cannot-write', { path, detail }, { cause: error });
  }
};

/** Writes a whole file or nothing; folders on the way are made. */
export const writeWhole = (path: string, text: string): void => writeParts(path, [text]);

/** A way to say something, by the name of its format. */
type Renderers<Subject> = Readonly<Record<string, (subject: Subject, io: Io) => string>>;

interface Making<Subject> {
  readonly make: () => Subject;
  /** Roots of the datasets that the subject is about. */
  readonly datasetsOf: (subject: Subject) => readonly string[];
}

/**
 * Says something in the format of `--format` (the terminal's own without it), on stdout or into the
 * file of `--out`. The format and the file are looked at before `make` begins. Throws
 * `cli/report/unknown-format`, `cli/out-exists`, `cli/out-in-dataset` and `cli/cannot-write`.
 */
export const writeAs = async <Subject>(
  renderers: Renderers<Subject>,
  args: Args,
  io: Io,
  { make, datasetsOf }: Making<Subject>,
): Promise<void> => {
  const format = args.text('format') ?? 'text';
  const render = Object.hasOwn(renderers, format) ? renderers[format] : undefined;
  if (render === undefined)
    throw new LongtailError('cli/report/unknown-format', { format, known: Object.keys(renderers) });
  const out = args.text('out');
  const file = out === undefined ? null : freshPath(io, out, args.flag('force'));
  if (file === null) await (format === 'text' ? io.outText : io.out)(render(make(), io));
  else {
    const subject = make();
    for (const root of datasetsOf(subject)) keepOutside(file, root);
    writeWhole(file, render(subject, { ...io, paint: (_, text) => text }));
    io.err(`${words('cli/report/written', { path: file })}\n`);
  }
};
