import type { IndexSink, RowBatch } from './types';

const size = 4096;

/** Gathers rows of one container and hands them to the sink in batches, in their order. */
export class RowsOut {
  private count = 0;
  private readonly batch: RowBatch;

  constructor(
    private readonly sink: IndexSink,
    container: number,
  ) {
    this.batch = {
      container,
      labels: new Int32Array(size),
      splits: new Uint8Array(size),
      offsets: new Float64Array(size),
      lengths: new Uint32Array(size),
      digests: new Int32Array(size),
    };
  }

  /** One row with its labels. `length` below 2³². */
  row(
    labels: readonly number[],
    split: number,
    offset: number,
    length: number,
    digest: number,
  ): void {
    if (labels.length > 1) {
      this.flush();
      this.sink.sample(labels, split, this.batch.container, '', offset, length, digest);
      return;
    }
    const { batch } = this;
    const at = this.count++;
    batch.labels[at] = labels[0] ?? -1;
    batch.splits[at] = split;
    batch.offsets[at] = offset;
    batch.lengths[at] = length;
    batch.digests[at] = digest;
    if (this.count === size) this.flush();
  }

  /** Hands over what is left. */
  flush(): void {
    const { count } = this;
    this.count = 0;
    if (count > 0) this.sink.rows(this.batch, count);
  }
}
