/** Memory that both threads see. */
export interface LinkMemory {
  readonly control: SharedArrayBuffer;
  readonly values: SharedArrayBuffer;
}

/** What each thread has of a batch, as shares of one: the first thread's, the second's. */
export type Shares = readonly [number, number];

/** One thread's end of the two that work on the halves of a batch. */
export interface Link {
  /** Runs work that both threads run on their halves; a throw releases the other thread. */
  together<T>(shares: Shares, work: () => T): T;
  /**
   * The mean over the whole batch of means over its halves; both threads get the same numbers,
   * summed in the same order. Outside `together` it gives its argument.
   */
  mean(values: Float32Array): Float32Array;
  /** Tells the first thread that an answer lies ready. */
  answered(): void;
  /** Waits until the second thread has answered so many times. */
  awaitAnswer(count: number): void;
  /** Wakes the other thread for good: nothing can be shared any more. */
  readonly fail: () => void;
  /** Whether `together` runs. */
  readonly joined: boolean;
}

/** The other thread failed, ended, or does not answer: nothing can be shared any more. */
export class LinkError extends Error {}

const capacity = 8192;
const answers = 2;
const failed = 3;
/** How long one waits at a time before one asks whether the other thread still lives. */
const sliceMs = 250;
/** So long a pass never takes, even where the other thread lives. */
const mostSlices = (10 * 60_000) / sliceMs;

export const createLinkMemory = (): LinkMemory => ({
  control: new SharedArrayBuffer(4 * Int32Array.BYTES_PER_ELEMENT),
  values: new SharedArrayBuffer(4 * capacity * Float32Array.BYTES_PER_ELEMENT),
});

/**
 * The end of thread 0, which asks, or 1, which answers. `lives` says whether the other thread does:
 * one that died cannot say so itself.
 */
export const createLink = (
  { control, values }: LinkMemory,
  side: 0 | 1,
  lives: () => boolean = () => true,
): Link => {
  const state = new Int32Array(control);
  const other = 1 - side;
  const own: { shares: Shares | null } = { shares: null };
  const awaitCount = (place: number, count: number): void => {
    let slices = 0;
    for (;;) {
      if (Atomics.load(state, failed) !== 0) throw new LinkError('the other thread failed');
      const now = Atomics.load(state, place);
      // The other thread may be a round further already.
      if (((now - count) | 0) >= 0) return;
      if (Atomics.wait(state, place, now, sliceMs) !== 'timed-out') continue;
      slices += 1;
      if (!lives()) throw new LinkError('the other thread ended');
      if (slices >= mostSlices) throw new LinkError('the other thread does not answer');
    }
  };
  /** Two slots a thread, by turns: one may write again while the other still reads. */
  const slot = (thread: number, round: number, length: number): Float32Array =>
    new Float32Array(values, ((round & 1) * 2 + thread) * capacity * 4, length);
  const fail = (): void => {
    Atomics.store(state, failed, 1);
    for (let place = 0; place < state.length; place++) Atomics.notify(state, place);
  };
  return {
    together: (shares, work) => {
      own.shares = shares;
      try {
        return work();
      } catch (error) {
        fail();
        throw error;
      } finally {
        own.shares = null;
      }
    },
    get joined() {
      return own.shares !== null;
    },
    mean: (mine) => {
      if (own.shares === null) return mine;
      if (mine.length > capacity) throw new RangeError(`more than ${capacity} channels`);
      const [share, otherShare] = own.shares;
      const round = (Atomics.load(state, side) + 1) | 0;
      slot(side, round, mine.length).set(mine);
      Atomics.store(state, side, round);
      Atomics.notify(state, side);
      awaitCount(other, round);
      const first = slot(0, round, mine.length);
      const second = slot(1, round, mine.length);
      return first.map((value, i) => share * value + otherShare * (second[i] ?? 0));
    },
    answered: () => {
      Atomics.add(state, answers, 1);
      Atomics.notify(state, answers);
    },
    awaitAnswer: (count) => {
      awaitCount(answers, count);
    },
    fail,
  };
};
