import { CancelledError, LongtailError, type Message } from '../common/errors';
import type { ClassChoice } from '../dataset/classView';
import type { PictureFacts } from '../dataset/pictureFacts';
import { runThread } from '../dataset/runThread';
import { slots } from '../dataset/scanProtocol';
import type { FormatOptions } from '../dataset/types';
import { withClassRows, type ProfileFacts } from '../profile/classRows';
import { unpackColumns, type PackedColumns } from '../profile/packedColumns';
import type { LongTailProfile } from '../profile/types';
import type { AskedGoals } from '../recommend/asked';
import type { Recommendations } from '../recommend/types';

/** What the thread is asked: profile and advice of an index file. */
export interface ProfileJob {
  readonly indexPath: string;
  readonly withoutNative: boolean;
  /** What the user said about the goal. */
  readonly asked: AskedGoals;
  /** Classes to leave out and to count as one. */
  readonly classes?: ClassChoice;
  readonly shared: SharedArrayBuffer;
}

/** What is known of an index besides its profile. */
interface IndexFacts {
  /** Options its format was read under. */
  readonly named: FormatOptions;
  readonly scanMs: number;
  readonly pictures: PictureFacts | null;
  readonly advice: Recommendations;
  /** What plain training did on published sets with such counts. */
  readonly plainEffect: Message | null;
}

export type ProfileOutcome =
  | (IndexFacts & {
      readonly kind: 'profiled';
      readonly facts: ProfileFacts;
      readonly columns: PackedColumns;
    })
  | { readonly kind: 'failed'; readonly code: string; readonly params: Message['params'] };

/** The profile, as an object a class when somebody looks, and as it goes on to a page. */
export type Profiled = IndexFacts & {
  readonly profile: LongTailProfile;
  readonly facts: ProfileFacts;
  readonly columns: PackedColumns;
};

/**
 * Profiles an index file in a thread of its own: opening and counting millions of labels takes
 * longer than the editor may wait. Its columns come over without a copy; the objects of the classes
 * are made when somebody looks at them. `workerPath` is the bundled `profileWorker`. Throws the
 * LongtailError the job ended with, or CancelledError.
 */
export const profileInThread = async (
  workerPath: string,
  job: Omit<ProfileJob, 'shared'>,
  signal: AbortSignal | undefined,
): Promise<Profiled> => {
  const shared = new SharedArrayBuffer(4 * slots.count);
  const outcome = await runThread<ProfileOutcome>(workerPath, { ...job, shared }, signal);
  if (outcome.kind === 'cancelled') throw new CancelledError();
  if (outcome.kind === 'failed') throw new LongtailError(outcome.code, outcome.params);
  const { named, scanMs, pictures, advice, plainEffect, facts, columns } = outcome;
  const profile = withClassRows(facts, () => unpackColumns(columns));
  return { named, scanMs, pictures, advice, plainEffect, facts, columns, profile };
};
