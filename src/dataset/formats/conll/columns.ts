const [tab, blank, carriageReturn] = [0x09, 0x20, 0x0d];

/** Whether columns are parted by tabs alone, so that a word may have blanks in it. */
export type Parting = 'tab' | 'blank';

const isBlank = (byte: number): boolean => byte === blank || byte === tab;

/** Finds columns in a line's bytes. Nothing is decoded; one object serves all lines. */
export class LineColumns {
  /** Columns of the line. */
  count = 0;
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];

  /** The line is bytes [start, end). Empty lines, and those of blanks alone, have no columns. */
  read(bytes: Uint8Array, start: number, end: number, parting: Parting): void {
    let to = end;
    while (to > start && (isBlank(bytes[to - 1] ?? 0) || bytes[to - 1] === carriageReturn)) to--;
    this.count = 0;
    for (let at = start; at < to;) {
      let from = at;
      if (parting === 'blank') while (from < to && isBlank(bytes[from] ?? 0)) from++;
      let past = from;
      while (past < to && !(bytes[past] === tab || (parting === 'blank' && bytes[past] === blank)))
        past++;
      this.starts[this.count] = from;
      this.ends[this.count++] = past;
      at = past + 1;
    }
  }

  from(column: number): number {
    return this.starts[column] ?? 0;
  }

  to(column: number): number {
    return this.ends[column] ?? 0;
  }

  text(bytes: Buffer, column: number): string {
    return column < this.count ? bytes.toString('utf8', this.from(column), this.to(column)) : '';
  }
}
