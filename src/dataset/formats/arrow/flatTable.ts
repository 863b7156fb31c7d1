/** A table of a FlatBuffer: fields by number, each at a place that the table's own index gives. */
export class FlatTable {
  constructor(
    private readonly view: DataView,
    private readonly at: number,
  ) {}

  /** The root table of a buffer. */
  static root(view: DataView): FlatTable {
    return new FlatTable(view, view.getUint32(0, true));
  }

  private place(field: number): number {
    const index = this.at - this.view.getInt32(this.at, true);
    const entry = 4 + 2 * field;
    if (entry + 2 > this.view.getUint16(index, true)) return 0;
    const offset = this.view.getUint16(index + entry, true);
    return offset === 0 ? 0 : this.at + offset;
  }

  byte(field: number, missing = 0): number {
    const place = this.place(field);
    return place === 0 ? missing : this.view.getInt8(place);
  }

  short(field: number): number {
    const place = this.place(field);
    return place === 0 ? 0 : this.view.getInt16(place, true);
  }

  int(field: number): number {
    const place = this.place(field);
    return place === 0 ? 0 : this.view.getInt32(place, true);
  }

  /** A 64-bit whole number. */
  long(field: number): number {
    const place = this.place(field);
    return place === 0 ? 0 : longAt(this.view, place);
  }

  table(field: number): FlatTable | null {
    const place = this.place(field);
    return place === 0 ? null : new FlatTable(this.view, place + this.view.getUint32(place, true));
  }

  text(field: number): string {
    const place = this.place(field);
    if (place === 0) return '';
    const start = place + this.view.getUint32(place, true);
    const length = this.view.getUint32(start, true);
    if (start + 4 + length > this.view.byteLength) throw new RangeError('text past the end');
    const { buffer, byteOffset } = this.view;
    return Buffer.from(buffer, byteOffset + start + 4, length).toString('utf8');
  }

  tables(field: number): readonly FlatTable[] {
    const [start, count] = this.vector(field, 4);
    return Array.from({ length: count }, (_, i) => {
      const at = start + 4 * i;
      return new FlatTable(this.view, at + this.view.getUint32(at, true));
    });
  }

  /** Pairs of 64-bit whole numbers. */
  pairs(field: number): readonly (readonly [number, number])[] {
    const [start, count] = this.vector(field, 16);
    return Array.from({ length: count }, (_, i) => {
      const at = start + 16 * i;
      return [longAt(this.view, at), longAt(this.view, at + 8)] as const;
    });
  }

  /** Where a vector begins and how many it has; RangeError where it does not fit. */
  private vector(field: number, bytes: number): readonly [number, number] {
    const place = this.place(field);
    if (place === 0) return [0, 0];
    const start = place + this.view.getUint32(place, true);
    const count = this.view.getUint32(start, true);
    if (start + 4 + count * bytes > this.view.byteLength) throw new RangeError('vector too long');
    return [start + 4, count];
  }
}

/** A signed 64-bit whole number as a float. */
export const longAt = (view: DataView, at: number): number =>
  view.getUint32(at, true) + view.getInt32(at + 4, true) * 2 ** 32;
