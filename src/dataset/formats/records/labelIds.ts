import type { IndexSink } from '../../types';
import { isMissing } from '../csv/roles';

/** Class ids for the values of a column: names for numbers where the dataset has them. */
export class LabelIds {
  /** Names met, where none are declared. */
  readonly met = new Set<string>();
  private readonly byNumber = new Map<number, number>();

  constructor(
    private readonly sink: IndexSink,
    private readonly names: readonly string[] | undefined,
  ) {}

  /** -1 for a value that stands for none. */
  ofNumber(value: number, isBoolean: boolean): number {
    const known = this.byNumber.get(value);
    if (known !== undefined) return known;
    const id = this.numberId(value, isBoolean);
    if (this.byNumber.size < 1 << 20) this.byNumber.set(value, id);
    return id;
  }

  ofText(bytes: Uint8Array): number {
    if (bytes.length > 4000) return -1;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8').trim();
    return isMissing(text) ? -1 : this.id(text);
  }

  private numberId(value: number, isBoolean: boolean): number {
    if (!Number.isFinite(value)) return -1;
    if (isBoolean) return this.id(String(value === 1));
    if (this.names === undefined) return this.id(String(value));
    return value < 0 ? -1 : this.id(this.names[value] ?? String(value));
  }

  private id(name: string): number {
    this.met.add(name);
    return this.sink.classId(name);
  }
}
