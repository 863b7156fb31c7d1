import { CancelledError, LongtailError, type Message } from '../common/errors';
import { writeFailure } from '../common/writing';
import type { OwnRun } from './runFolder';

/** What V8, WebAssembly and TensorFlow say when they get no more memory. */
const outOfMemory =
  /allocation failed|out of memory|invalid typed array length|cannot enlarge memory|OOM when allocating|bad_alloc/i;

/** A failure as a message: expected ones keep their code, a defect shows its text. */
export const messageOf = (error: unknown): Message => {
  if (error instanceof LongtailError) return { code: error.code, params: error.params };
  const path = error instanceof Error && 'path' in error ? String(error.path) : '';
  const disk = writeFailure(error, path);
  // A file that may not be read says so itself; only a full disk is surely about writing.
  if (disk?.code === 'run/disk-full') return { code: disk.code, params: disk.params };
  const detail = error instanceof Error ? error.message : String(error);
  if (outOfMemory.test(detail)) return { code: 'train/out-of-memory', params: { detail } };
  return { code: 'common/unexpected', params: { detail } };
};

/** Does the work of a run; when it throws, the run's own files say so before the error goes on. */
export const endOnFailure = async <T>(run: OwnRun, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    try {
      if (error instanceof CancelledError) run.end('stopped');
      else run.end('failed', messageOf(error));
    } catch {
      // Where not even that can be written, the folder stays as it is: interrupted.
    }
    throw error;
  }
};
