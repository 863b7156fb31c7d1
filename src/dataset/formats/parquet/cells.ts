import type { OpenFile } from '../../types';
import type { ParquetChunk, ParquetLeaf } from './footer';
import { pagesOf, readDictionary, readPage } from './pages';
import type { PagePlace } from './pages';
import type { Values } from './values';

/** Numbers that grow as they come. */
class Numbers {
  length = 0;
  values = new Int32Array(4096);

  push(value: number): void {
    if (this.length === this.values.length) {
      const wider = new Int32Array(2 * this.length);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[this.length++] = value;
  }
}

/** The cells of a column in one row group, as numbers: row r has [starts[r], starts[r + 1]). */
export interface Cells {
  readonly rows: number;
  /** -1 for a missing value. */
  readonly ids: Int32Array;
  /** None where every row has one. */
  readonly starts: Int32Array | null;
}

export type Value = number | Uint8Array;

/** Ids of a page's or dictionary's values, each asked for once. */
const idsOf = (values: Values, idOf: (value: Value) => number): Int32Array => {
  const out = new Int32Array(values.length);
  for (let i = 0; i < out.length; i++) {
    const value = values[i];
    out[i] = value === undefined ? -1 : idOf(value);
  }
  return out;
};

/**
 * Reads a column of a row group page by page. `idOf` gives a value's number; it is asked once for
 * each entry of a dictionary. Throws for damage.
 */
export const readCells = (
  file: OpenFile,
  chunk: ParquetChunk,
  leaf: ParquetLeaf,
  idOf: (value: Value) => number,
): Cells => {
  const ids = new Numbers();
  const starts = leaf.maxRepetition > 0 ? new Numbers() : null;
  let dictionary: Int32Array = new Int32Array(0);
  for (const place of pagesOf(file, chunk)) {
    if (place.header.type === 'DICTIONARY_PAGE') {
      dictionary = idsOf(readDictionary(file, chunk, leaf, place), idOf);
      continue;
    }
    if (place.entries === 0) continue;
    const page = readPage(file, chunk, leaf, place);
    const { entries, definition, repetition, indices } = page;
    const plain = indices === null ? idsOf(page.values, idOf) : null;
    let full = 0;
    for (let i = 0; i < entries; i++) {
      const def = definition === null ? leaf.maxDefinition : (definition[i] ?? 0);
      if (starts !== null && (repetition?.[i] ?? 0) === 0) starts.push(ids.length);
      if (def === leaf.maxDefinition) {
        const at = full++;
        ids.push(plain === null ? (dictionary[indices?.[at] ?? -1] ?? -1) : (plain[at] ?? -1));
      } else if (starts === null) ids.push(-1);
    }
  }
  const rows = starts === null ? ids.length : starts.length;
  starts?.push(ids.length);
  return { rows, ids: ids.values.subarray(0, ids.length), starts: starts?.values ?? null };
};

/** Lists of numbers below a list, such as the four of a box: one list an object. */
export const readLists = (
  file: OpenFile,
  chunk: ParquetChunk,
  leaf: ParquetLeaf,
  each: (row: number, values: readonly number[]) => void,
): void => {
  let dictionary: Values = [];
  let row = -1;
  let list: number[] = [];
  const end = (): void => {
    if (list.length > 0) each(row, list);
    list = [];
  };
  for (const place of pagesOf(file, chunk)) {
    if (place.header.type === 'DICTIONARY_PAGE') {
      dictionary = readDictionary(file, chunk, leaf, place);
      continue;
    }
    const { entries, definition, repetition, indices, values } = readPage(file, chunk, leaf, place);
    let full = 0;
    for (let i = 0; i < entries; i++) {
      const level = repetition?.[i] ?? 0;
      if (level < leaf.maxRepetition) end();
      if (level === 0) row++;
      if (definition !== null && definition[i] !== leaf.maxDefinition) continue;
      const at = full++;
      const value = indices === null ? values[at] : dictionary[indices[at] ?? -1];
      list.push(typeof value === 'number' ? value : NaN);
    }
  }
  end();
};

/** Reads single cells of a column without lists, remembering where its pages are. */
export class CellReader {
  private readonly places: { readonly place: PagePlace; readonly first: number }[] = [];
  private dictionary: Values = [];
  private page: { readonly first: number; readonly values: readonly (Value | null)[] } | null =
    null;

  constructor(
    private readonly file: OpenFile,
    private readonly chunk: ParquetChunk,
    private readonly leaf: ParquetLeaf,
  ) {
    let row = 0;
    for (const place of pagesOf(file, chunk)) {
      if (place.header.type === 'DICTIONARY_PAGE')
        this.dictionary = readDictionary(file, chunk, leaf, place);
      else if (place.entries > 0) {
        this.places.push({ place, first: row });
        row += place.entries;
      }
    }
  }

  /** The cell of a row of the group; null where there is no value. */
  cell(row: number): Value | null {
    if (
      this.page === null ||
      row < this.page.first ||
      row >= this.page.first + this.page.values.length
    )
      this.page = this.read(row);
    return this.page.values[row - this.page.first] ?? null;
  }

  private read(row: number): { readonly first: number; readonly values: (Value | null)[] } {
    const found = this.places.findLast(({ first }) => first <= row);
    if (found === undefined) return { first: row, values: [null] };
    const { entries, definition, indices, values } = readPage(
      this.file,
      this.chunk,
      this.leaf,
      found.place,
    );
    const cells: (Value | null)[] = [];
    let full = 0;
    for (let i = 0; i < entries; i++) {
      const isFull = definition === null || definition[i] === this.leaf.maxDefinition;
      const at = isFull ? full++ : -1;
      const value =
        at < 0 ? null : indices === null ? values[at] : this.dictionary[indices[at] ?? -1];
      cells.push(value ?? null);
    }
    return { first: found.first, values: cells };
  }
}
