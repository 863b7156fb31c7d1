import type { MessageParams } from '../common/errors';
import type { IndexState } from './indexCache';
import type { FormatOptions } from './types';

/**
 * Slots of the buffer that client and worker share: a busy synchronous worker never sees a posted
 * message, but it can look here. `share` is in millionths, -1 = unknown.
 */
export const slots = { cancel: 0, samples: 1, classes: 2, share: 3, count: 4 } as const;

export interface ScanJob {
  readonly root: string;
  readonly options: FormatOptions;
  readonly cacheFolder: string;
  readonly fresh: boolean;
  /** Only compare the index with the disk: nothing is read of the data, nothing is written. */
  readonly checkOnly?: boolean;
  readonly shared: SharedArrayBuffer;
}

/** The worker's one message. */
export type ScanOutcome =
  | { readonly kind: 'done'; readonly indexPath: string; readonly fromCache: boolean }
  | { readonly kind: 'failed'; readonly code: string; readonly params: MessageParams }
  | { readonly kind: 'cancelled' };

/** The worker's one message when it was only asked for a check. */
export type CheckOutcome =
  { readonly kind: 'checked'; readonly state: IndexState } | { readonly kind: 'cancelled' };

/** Whether a thread was started with a job. */
export const isScanJob = (value: unknown): value is ScanJob =>
  typeof value === 'object' &&
  value !== null &&
  'root' in value &&
  typeof value.root === 'string' &&
  'shared' in value &&
  value.shared instanceof SharedArrayBuffer;
