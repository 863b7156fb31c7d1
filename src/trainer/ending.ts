import { CancelledError, type Message } from '../common/errors';
import { messageOf } from './failure';
import { recordEnd, recordOrphan } from './runFolder';
import { releaseLock } from './runLock';

/** Writes how a run ended, where that can be written. */
const record = (write: () => void): void => {
  try {
    write();
  } catch {
    // The disk is full, or the folder is gone: the run is seen to be interrupted.
  }
};

/**
 * Says in a run's folder, where the job has one, why its work ended early; gives the failure as a
 * message, null for work that was stopped.
 */
export const recordFailure = (folder: string | null, error: unknown): Message | null => {
  const message = error instanceof CancelledError ? null : messageOf(error);
  if (folder !== null)
    record(() => recordEnd(folder, message === null ? 'stopped' : 'failed', message));
  return message;
};

/** Gives a run up; one that lost its parent on the way counts as interrupted. */
export const giveUp = (folder: string, orphan: boolean): void =>
  record(() => {
    if (orphan) recordOrphan(folder);
    releaseLock(folder);
  });
