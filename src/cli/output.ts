import { existsSync, readdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { LongtailError } from '../common/errors';
import { writeAtomicParts } from '../run/atomicFile';
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
