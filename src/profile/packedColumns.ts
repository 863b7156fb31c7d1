import type { ClassColumns } from './classRows';

/** Columns as they go from one thread to another: handed over, not copied. */
export interface PackedColumns extends Omit<ClassColumns, 'names'> {
  /** All names as UTF-8, and where each ends. */
  readonly names: Uint8Array<ArrayBuffer>;
  readonly nameEnds: Uint32Array<ArrayBuffer>;
}

const namesAtOnce = 1 << 14;

export const packColumns = ({ names, ...columns }: ClassColumns): PackedColumns => {
  const nameEnds = new Uint32Array(names.length);
  let end = 0;
  for (let id = 0; id < names.length; id++)
    nameEnds[id] = end += Buffer.byteLength(names[id] ?? '');
  const bytes = new Uint8Array(end);
  const encoder = new TextEncoder();
  for (let from = 0; from < names.length; from += namesAtOnce) {
    const text = names.slice(from, from + namesAtOnce).join('');
    encoder.encodeInto(text, bytes.subarray(from === 0 ? 0 : (nameEnds[from - 1] ?? 0)));
  }
  return { ...columns, names: bytes, nameEnds };
};

export const unpackColumns = ({ names, nameEnds, ...columns }: PackedColumns): ClassColumns => {
  const text = Buffer.from(names.buffer, names.byteOffset, names.byteLength);
  const list: string[] = [];
  let start = 0;
  for (const end of nameEnds) {
    list.push(text.toString('utf8', start, end));
    start = end;
  }
  return { ...columns, names: list };
};

/** What can be handed over; a buffer that two columns share once. */
export const buffersOf = (columns: PackedColumns): ArrayBuffer[] => {
  const { names, nameEnds, counts, splitCounts, images, bands } = columns;
  const arrays = [names, nameEnds, counts, bands, ...splitCounts, ...(images ? [images] : [])];
  return [...new Set(arrays.map(({ buffer }) => buffer))].filter(
    (buffer) => buffer instanceof ArrayBuffer,
  );
};
