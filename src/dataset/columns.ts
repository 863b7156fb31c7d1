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

type ColumnArray = Uint8Array | Uint32Array | Float64Array;

const bytesOf = (array: ColumnArray): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

const entriesPerChunk = 32768;

/**
 * A growing column of numbers. Only the chunk being filled is held here, the others go to the
 * store, so that memory does not grow with the number of samples.
 */
export class Column<A extends ColumnArray> {
  length = 0;
  private filled = 0;
  private readonly chunk: A;
  private readonly done: (() => Uint8Array)[] = [];

  constructor(
    make: (length: number) => A,
    private readonly store: ChunkStore,
  ) {
    this.chunk = make(entriesPerChunk);
  }

  push(value: number): void {
    this.chunk[this.filled++] = value;
    this.length++;
    if (this.filled === entriesPerChunk) this.flush();
  }

  get byteLength(): number {
    return this.length * this.chunk.BYTES_PER_ELEMENT;
  }

  /** The whole column as bytes, chunk after chunk. */
  *bytes(): Iterable<Uint8Array> {
    for (const read of this.done) yield read();
    yield bytesOf(this.chunk).subarray(0, this.filled * this.chunk.BYTES_PER_ELEMENT);
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
    // A code unit takes at most three bytes.
    if (text.length * 3 > poolChunk - this.filled) this.flush();
    if (text.length * 3 > poolChunk) {
      const bytes = this.encoder.encode(text);
      this.done.push(this.store.put(bytes));
      this.byteLength += bytes.length;
      return;
    }
    const { written } = this.encoder.encodeInto(text, this.chunk.subarray(this.filled));
    this.filled += written;
    this.byteLength += written;
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
