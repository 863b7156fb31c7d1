import type { ColumnPlace } from './indexLayout';

/** Takes pieces of an index file in the order they are made; gives the place of each. */
export interface ChunkStore {
  /** Bytes before the piece. The bytes given may change afterwards. */
  put(bytes: Uint8Array): number;
}

/** A store in memory. */
export class MemoryChunks implements ChunkStore {
  private readonly pieces: Uint8Array[] = [];
  private length = 0;

  put(bytes: Uint8Array): number {
    const start = this.length;
    this.pieces.push(bytes.slice());
    this.length += bytes.length;
    return start;
  }

  bytes(): Buffer {
    return Buffer.concat(this.pieces);
  }
}

/** Where the chunks of one column lie: they are noted as they go to the store. */
class Places {
  bytes = 0;
  private readonly chunks: number[] = [];

  constructor(private readonly store: ChunkStore) {}

  put(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.chunks.push(this.store.put(chunk), chunk.length);
    this.bytes += chunk.length;
  }

  get place(): ColumnPlace {
    return { bytes: this.bytes, chunks: this.chunks };
  }
}

type ColumnArray = Uint8Array | Uint32Array;

const bytesOf = (array: ColumnArray): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

const entriesPerChunk = 32768;

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
  private readonly places: Places;

  constructor(
    private readonly make: (length: number) => A,
    store: ChunkStore,
  ) {
    this.places = new Places(store);
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

  /** Gives what is left to the store, and where the column is. Nothing may be added afterwards. */
  finish(): ColumnPlace {
    if (this.isEven) return { bytes: 0, chunks: [], even: { first: this.first, step: this.step } };
    this.flush();
    return this.places.place;
  }

  /** Writes down what was only a first number and a step. */
  private writeOut(): void {
    this.isEven = false;
    this.chunk = this.make(entriesPerChunk);
    for (let row = 0; row < this.length; row++) this.put(this.first + row * this.step);
  }

  private put(value: number): void {
    this.chunk[this.filled++] = value;
    if (this.filled === entriesPerChunk) this.flush();
  }

  private flush(): void {
    this.places.put(bytesOf(this.chunk).subarray(0, this.filled * this.chunk.BYTES_PER_ELEMENT));
    this.filled = 0;
  }
}

const poolChunk = 1 << 18;
/** A growing pool of text as UTF-8: names are found by the end offset kept in a column beside it. */
export class TextPool {
  byteLength = 0;
  private filled = 0;
  private readonly chunk = new Uint8Array(poolChunk);
  private readonly places: Places;
  private readonly encoder = new TextEncoder();

  constructor(store: ChunkStore) {
    this.places = new Places(store);
  }

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
    if (bytes.length > poolChunk) this.places.put(bytes);
    else {
      this.chunk.set(bytes, this.filled);
      this.filled += bytes.length;
    }
    this.byteLength += bytes.length;
  }

  /** As of a column. */
  finish(): ColumnPlace {
    this.flush();
    return this.places.place;
  }

  private flush(): void {
    this.places.put(this.chunk.subarray(0, this.filled));
    this.filled = 0;
  }
}
