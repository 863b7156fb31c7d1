import { LongtailError } from '../../../common/errors';
import { decodeArray, parseNpy, parseNpyHeader } from '../../arrays/npy';
import type { NpyHeader } from '../../arrays/npy';
import type { FileSource, Sample, SampleLocator, SampleReader, TableRows } from '../../types';
import type { PixelShape } from '../pixelRows';
import { interleaved } from '../pixelRows';
import { arrayBytes } from './files';
import type { ArrayFile } from './files';

/** Pictures in an array of bytes, a row each. */
interface PictureRows extends PixelShape {
  readonly kind: 'pixels';
  /** Whether planes lie one after the other. */
  readonly planar: boolean;
}

export type RowKind = PictureRows | { readonly kind: 'row'; readonly columns: number };

/** A table with more is none. */
const maxColumns = 1 << 17;
const isChannels = (n: number | undefined): n is 1 | 3 => n === 1 || n === 3;

/**
 * What the rows of an array are: pictures for bytes of (N, H, W), (N, H, W, C) or (N, C, H, W) with
 * 1 or 3 channels, features for numbers of (N, D); null for what cannot be handed out.
 */
export const rowKind = ({ shape, descr, fortran }: NpyHeader): RowKind | null => {
  const [, a, b, c, ...deeper] = shape;
  if (deeper.length > 0 || a === undefined) return null;
  if (b === undefined)
    return /[bfiu]\d+$/.test(descr) && a <= maxColumns ? { kind: 'row', columns: a } : null;
  if (fortran || !/^[|<>=]?u1$/.test(descr)) return null;
  if (c === undefined) return { kind: 'pixels', height: a, width: b, channels: 1, planar: false };
  if (isChannels(c)) return { kind: 'pixels', height: a, width: b, channels: c, planar: false };
  return isChannels(a) ? { kind: 'pixels', height: b, width: c, channels: a, planar: true } : null;
};

/** Bytes of one row; 0 where rows are not apart in the file. */
export const rowBytes = ({ shape, descr, fortran }: NpyHeader): number => {
  const width = Number(/\d+$/.exec(descr)?.[0] ?? 0) * (descr.includes('U') ? 4 : 1);
  return fortran ? 0 : shape.slice(1).reduce((product, n) => product * n, width);
};

/** Rows of several arrays one after the other, `counts` of each, as columns f0, f1 … */
const tableOf = (
  source: FileSource,
  folder: string,
  parts: readonly { readonly data: ArrayFile; readonly count: number }[],
  columns: number,
): TableRows => ({
  columns: Array.from({ length: columns }, (_, i) => `f${i}`),
  decimalComma: false,
  read: (each) => {
    let row = 0;
    for (const { data, count } of parts) {
      const bytes = arrayBytes(source, folder, data.path);
      const { values } = parseNpy(bytes, { path: data.path, name: '' });
      const width = data.header.shape[1] ?? 0;
      for (let i = 0; i < count; i++) {
        const cell = (column: number): string => String(values[i * width + column] ?? '');
        if (!each(row++, cell, width === columns)) return;
      }
    }
  },
});

/** Hands out rows of arrays; members of archives are inflated once and kept until `close`. */
export const openRows = (
  source: FileSource,
  folder: string,
  parts: readonly { readonly data: ArrayFile; readonly count: number }[],
): SampleReader => {
  const opened = new Map<string, Uint8Array>();
  const pixels = ({ path, offset, length }: SampleLocator): Sample => {
    const fail = (reason: string): never => {
      throw new LongtailError('dataset/sample-unreadable', { path, reason });
    };
    const bytes = opened.get(path) ?? arrayBytes(source, folder, path);
    opened.set(path, bytes);
    const kind = rowKind(parseNpyHeader(bytes, { path, name: '' }));
    if (kind?.kind !== 'pixels') return fail('uint8');
    const { width, height, channels, planar } = kind;
    const own = bytes.slice(offset, offset + length);
    if (length !== width * height * channels || own.length !== length)
      return fail(`${own.length} bytes`);
    const data = planar ? interleaved(own, channels) : own;
    return { kind: 'pixels', width, height, channels, data };
  };
  const first = parts[0] === undefined ? null : rowKind(parts[0].data.header);
  if (first?.kind !== 'row') return { readSample: pixels, close: () => opened.clear() };
  const rows = tableOf(source, folder, parts, first.columns);
  return {
    rows,
    readSample: ({ path, offset, length }) => {
      const bytes = opened.get(path) ?? arrayBytes(source, folder, path);
      opened.set(path, bytes);
      const { descr, shape } = parseNpyHeader(bytes, { path, name: '' });
      const own = bytes.subarray(offset, offset + length);
      if (length === 0 || own.length !== length)
        throw new LongtailError('dataset/sample-unreadable', { path, reason: descr });
      // One row as an array of its own, so that types are decoded in one place.
      const header = { descr, fortran: false, shape: [shape[1] ?? 0], start: 0 };
      const { values } = decodeArray(header, own, { path, name: '' });
      return {
        kind: 'row',
        values: Object.fromEntries(rows.columns.map((name, i) => [name, String(values[i] ?? '')])),
      };
    },
    close: () => opened.clear(),
  };
};
