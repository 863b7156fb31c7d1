import { CancelledError, LongtailError, type Message } from '../common/errors';
import type { OwnRun } from './runFolder';

/** A failure as a message: expected ones keep their code, a defect shows its text. */
export const messageOf = (error: unknown): Message => {
  if (error instanceof LongtailError) return { code: error.code, params: error.params };
  const detail = error instanceof Error ? error.message : String(error);
  return { code: 'common/unexpected', params: { detail } };
};

/** Does the work of a run; when it throws, the run's own files say so before the error goes on. */
export const endOnFailure = async <T>(run: OwnRun, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CancelledError) run.end('stopped');
    else run.end('failed', messageOf(error));
    throw error;
  }
};
