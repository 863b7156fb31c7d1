import { plainNumber } from '../../bytes/plainNumber';

/** What the numbers of a row are, where something says so. 0 key points: none are declared. */
export interface RowShape {
  readonly keyPointNumbers: number;
}

/** Largest class number that is taken for one. */
const maxId = 0x7fffffff;
/** Rows of a file until repeats are looked up in a table instead of one by one. */
const few = 64;

const numberAt = (bytes: Buffer, from: number, to: number): number => {
  const value = plainNumber(bytes, from, to);
  return Number.isNaN(value) ? Number(bytes.toString('latin1', from, to)) : value;
};

const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0d;

/**
 * Reads label files one after the other: the class of every row, without the rows written twice,
 * which Ultralytics drops too (`verify_image_label`). What the rows are is kept over all files.
 */
export class RowReader {
  /** Classes of the file read last. */
  readonly ids: number[] = [];
  /** Line of the first row of that file that is none; 0 without one. */
  badLine = 0;
  repeated = 0;
  boxes = 0;
  polygons = 0;
  /** Rows of a class and 8 numbers: a turned box or a polygon of four points. */
  ofNine = 0;
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly hashes: number[] = [];
  private readonly table = new Map<number, number>();

  constructor(private readonly shape: RowShape) {}

  /** Takes bytes [0, length): `ids` and `badLine` are of them afterwards. */
  read(bytes: Buffer, length: number): void {
    this.ids.length = 0;
    this.starts.length = this.ends.length = this.hashes.length = 0;
    if (this.table.size > 0) this.table.clear();
    this.badLine = 0;
    let line = 0;
    // A byte order mark.
    let at = length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    while (at < length) {
      line++;
      let tokens = 0;
      let hash = 0x811c9dc5;
      let start = -1;
      let end = at;
      let classEnd = at;
      let wasBlank = true;
      for (; at < length; at++) {
        const byte = bytes[at] ?? 0;
        if (byte === 0x0a) break;
        if (isBlank(byte)) {
          if (tokens === 1 && !wasBlank) classEnd = at;
          wasBlank = true;
          continue;
        }
        if (wasBlank) {
          if (++tokens === 1) start = at;
          wasBlank = false;
        }
        hash = Math.imul(hash ^ byte, 0x01000193);
        end = at + 1;
      }
      at++;
      if (tokens === 0) continue;
      if (tokens === 1) classEnd = end;
      const id = this.isRow(tokens) ? numberAt(bytes, start, classEnd) : NaN;
      if (!Number.isInteger(id) || id < 0 || id > maxId) {
        if (this.badLine === 0) this.badLine = line;
      } else if (this.isRepeat(bytes, start, end, hash)) this.repeated++;
      else {
        this.ids.push(id);
        this.count(tokens);
      }
    }
  }

  private isRow(tokens: number): boolean {
    const { keyPointNumbers } = this.shape;
    if (keyPointNumbers > 0) return tokens === 5 + keyPointNumbers;
    return tokens === 5 || (tokens >= 7 && tokens % 2 === 1);
  }

  private count(tokens: number): void {
    if (tokens === 5 || this.shape.keyPointNumbers > 0) this.boxes++;
    else if (tokens === 9) this.ofNine++;
    else this.polygons++;
  }

  private isRepeat(bytes: Buffer, start: number, end: number, hash: number): boolean {
    const { starts, ends, hashes, table } = this;
    const rows = hashes.length;
    const place = rows < few ? hashes.indexOf(hash) : (table.get(hash) ?? -1);
    if (place >= 0) {
      const from = starts[place] ?? 0;
      const to = ends[place] ?? 0;
      if (bytes.compare(bytes, from, to, start, end) === 0) return true;
    }
    starts.push(start);
    ends.push(end);
    hashes.push(hash);
    if (rows === few) hashes.forEach((known, at) => table.set(known, at));
    else if (rows > few) table.set(hash, rows);
    return false;
  }
}
