/** Keeps finished chunks of columns, in memory or in a file; hands back a reader of the chunk. */
export interface ChunkStore {
  put(bytes: Uint8Array): () => Uint8Array;
}

export const memoryChunks = (): ChunkStore => ({
  put: (bytes) => {
    const kept = bytes.slice();
    return () => kept;
  },
});

type ColumnArray = Uint8Array | Uint32Array;

const bytesOf = (array: ColumnArray): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

const entriesPerChunk = 32768;

/** Where a column of equal or evenly rising numbers begins, and by how much it rises an entry. */
export interface EvenColumn {
  readonly first: number;
  readonly step: number;
}

/**
 * A growing column of numbers. While they rise evenly (all equal, or 0, 1, 2 …) nothing is kept but
 * the first and the step; else only the chunk being filled is held here and the others go to the
 * store, so that memory does not grow with the number of samples.
 */
export class Column<A extends ColumnArray> {
  length = 0;
  private first = 0;
  private step = 0;
  private isEven = true;
  private filled = 0;
  private chunk: A;
  private readonly done: (() => Uint8Array)[] = [];

  constructor(
    private readonly make: (length: number) => A,
    private readonly store: ChunkStore,
  ) {
    this.chunk = make(0);
  }

  push(value: number): void {
    if (this.isEven) {
      if (this.length === 0) this.first = value;
      if (this.length === 1) this.step = value - this.first;
      if (value === this.first + this.length * this.step) {
        this.length++;
        return;
      }
      this.writeOut();
    }
    this.put(value);
    this.length++;
  }

  /** The first `count` numbers of an array, each with `base` added. */
  append(values: ArrayLike<number>, count: number, base = 0): void {
    let at = 0;
    while (this.isEven && at < count) this.push(base + (values[at++] ?? 0));
    for (; at < count; at++) {
      this.chunk[this.filled++] = base + (values[at] ?? 0);
      this.length++;
      if (this.filled === entriesPerChunk) this.flush();
    }
  }

  /** One number `count` times. */
  repeat(value: number, count: number): void {
    let left = count;
    while (left > 0 && this.isEven) {
      if (this.length > 1 && this.step === 0 && this.first === value) {
        this.length += left;
        return;
      }
      this.push(value);
      left--;
    }
    while (left > 0) {
      const some = Math.min(left, entriesPerChunk - this.filled);
      this.chunk.fill(value, this.filled, this.filled + some);
      this.filled += some;
      this.length += some;
      left -= some;
      if (this.filled === entriesPerChunk) this.flush();
    }
  }

  /** `count` numbers that rise by a step from one on, which is not among them. */
  climb(from: number, step: number, count: number): void {
    const last = this.first + (this.length - 1) * this.step;
    if (this.isEven && this.length > 1 && this.step === step && last === from) this.length += count;
    else for (let i = 1; i <= count; i++) this.push(from + i * step);
  }

  /** Set when the column is its first number and a step: then it has no bytes. */
  get even(): EvenColumn | undefined {
    return this.isEven ? { first: this.first, step: this.step } : undefined;
  }

  get byteLength(): number {
    return this.isEven ? 0 : this.length * this.chunk.BYTES_PER_ELEMENT;
  }

  /** The whole column as bytes, chunk after chunk. */
  *bytes(): Iterable<Uint8Array> {
    for (const read of this.done) yield read();
    yield bytesOf(this.chunk).subarray(0, this.filled * this.chunk.BYTES_PER_ELEMENT);
  }

  /** Writes down what was only a first number and a step. */
  writeOut(): void {
    if (!this.isEven) return;
    this.isEven = false;
    this.chunk = this.make(entriesPerChunk);
    for (let row = 0; row < this.length; row++) this.put(this.first + row * this.step);
  }

  private put(value: number): void {
    this.chunk[this.filled++] = value;
    if (this.filled === entriesPerChunk) this.flush();
  }

  private flush(): void {
    this.done.push(this.store.put(bytesOf(this.chunk)));
    this.filled = 0;
  }
}

const poolChunk = 1 << 18;
/** A growing pool of text as UTF-8: names are found by the end offset kept in a column beside it. */
export class TextPool {
  byteLength = 0;
  private filled = 0;
  private readonly chunk = new Uint8Array(poolChunk);
  private readonly done: (() => Uint8Array)[] = [];
  private readonly encoder = new TextEncoder();

  constructor(private readonly store: ChunkStore) {}

  push(text: string): void {
    if (text === '') return;
    // A code unit takes at most three bytes.
    if (text.length * 3 > poolChunk) {
      this.append(this.encoder.encode(text));
      return;
    }
    if (text.length * 3 > poolChunk - this.filled) this.flush();
    const { written } = this.encoder.encodeInto(text, this.chunk.subarray(this.filled));
    this.filled += written;
    this.byteLength += written;
  }

  /** Texts that are encoded already. */
  append(bytes: Uint8Array): void {
    if (bytes.length > poolChunk - this.filled) this.flush();
    if (bytes.length > poolChunk) this.done.push(this.store.put(bytes));
    else {
      this.chunk.set(bytes, this.filled);
      this.filled += bytes.length;
    }
    this.byteLength += bytes.length;
  }

  *bytes(): Iterable<Uint8Array> {
    for (const read of this.done) yield read();
    yield this.chunk.subarray(0, this.filled);
  }

  private flush(): void {
    if (this.filled > 0) this.done.push(this.store.put(this.chunk.subarray(0, this.filled)));
    this.filled = 0;
  }
}
