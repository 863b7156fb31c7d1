import { readFileSync } from 'node:fs';
import { CancelledError } from '../../common/errors';
import type { ModelJob, PredictedItem } from '../../protocol/modelJob';
import { selectBackend } from '../backend/selectBackend';
import { createDecodePool, type DecodePool } from '../data/decodePool';
import type { FinishedModel } from './finishedModel';
import type { JobControl } from './jobControl';
import { classOfFolders, picturesAt, type Picture } from './listPictures';
import { runModel } from './logits';
import { openPictureInput, type PictureInput } from './pictureInput';
import { probabilitiesOf, topGuesses } from './scores';

interface Decoded {
  readonly pictures: readonly Picture[];
  readonly pixels: Uint8Array;
  /** Why a picture could not be read; null where it could. */
  readonly failed: readonly (string | null)[];
}

/** Reads and decodes a few pictures; what cannot be read is an entry, never a failure. */
const decode = async (
  pictures: readonly Picture[],
  pool: DecodePool,
  { shape }: PictureInput,
): Promise<Decoded> => {
  const failed: (string | null)[] = [];
  const encoded = pictures.map(({ path }) => {
    try {
      const bytes = readFileSync(path);
      failed.push(null);
      return bytes;
    } catch (error) {
      failed.push(error instanceof Error ? error.message : String(error));
      return new Uint8Array();
    }
  });
  const { results, pixels } = await pool.decode(encoded, shape);
  results.forEach((result, i) => {
    if ('error' in result) failed[i] ??= result.error;
  });
  return { pictures, pixels: pixels ?? new Uint8Array(), failed };
};

/** Batches of pictures, each decoded while the one before it goes through the network. */
const batches = async function* (
  all: Generator<Picture>,
  size: number,
  read: (pictures: readonly Picture[]) => Promise<Decoded>,
): AsyncGenerator<Decoded> {
  const take = (): Promise<Decoded> | null => {
    const pictures: Picture[] = [];
    while (pictures.length < size) {
      const next = all.next();
      if (next.done === true) break;
      pictures.push(next.value);
    }
    if (pictures.length === 0) return null;
    const batch = read(pictures);
    // A stop leaves one behind that nobody waits for.
    batch.catch(() => undefined);
    return batch;
  };
  let ahead = take();
  while (ahead !== null) {
    const batch = await ahead;
    ahead = take();
    yield batch;
  }
};

/**
 * Runs a model over a picture or the pictures of a folder, a few at a time and in order. Throws
 * CancelledError when asked to stop, and what opening pictures throws.
 */
export const predictPictures = async (
  model: FinishedModel,
  job: Extract<ModelJob, { kind: 'predict' }>,
  control: JobControl,
): Promise<void> => {
  const pictures = picturesAt(job.path);
  const { description } = model;
  const backend = await selectBackend(control.backend);
  const input = await openPictureInput(model, { backend, bundleFolder: control.bundleFolder });
  const pool = createDecodePool(control.bundleFolder);
  const running = runModel(backend.ops, model);
  const names = new Set(description.classes);
  const C = description.classes.length;
  try {
    control.onOpened(description, 'pictures', pictures.count());
    const read = (few: readonly Picture[]): Promise<Decoded> => decode(few, pool, input);
    for await (const { pictures: few, pixels, failed } of batches(
      pictures.each(),
      job.batch,
      read,
    )) {
      if (control.shouldStop()) throw new CancelledError();
      const prepared = input.prepare(pixels, few.length);
      const probabilities = probabilitiesOf(description, running.logits(prepared, few.length));
      const items = few.map(({ path, folders }, i): PredictedItem => {
        const why = failed[i] ?? null;
        if (why !== null) return { path, unreadable: why };
        const own = probabilities.subarray(i * C, (i + 1) * C);
        const folder = classOfFolders(folders, names);
        return { path, guesses: topGuesses(description, own, job.top), folder };
      });
      await control.onItems(items);
    }
  } finally {
    running.dispose();
    input.dispose();
    await pool.close();
  }
};
