import type { FileSource, OpenFile } from '../../types';
import { FlatTable } from './flatTable';

const maxMessage = 64 * 1024 * 1024;
const maxDepth = 24;
const maxFields = 20_000;
const maxBatches = 1 << 20;

/** Numbers of the Arrow format's types (Schema.fbs). */
const kinds = [
  '',
  'null',
  'int',
  'float',
  'binary',
  'text',
  'bool',
  'decimal',
  'date',
  'time',
  'timestamp',
  'interval',
  'list',
  'struct',
  'union',
  'fixed',
  'lists',
  'map',
  'duration',
  'binary64',
  'text64',
  'list64',
] as const;
export type ArrowKind = (typeof kinds)[number];

/** A field of the schema, with the numbers of its buffers in a batch. */
export interface ArrowField {
  readonly name: string;
  readonly kind: ArrowKind;
  /** Bytes of a number; of fixed binary the width; of fixed lists the length. */
  readonly width: number;
  readonly isSigned: boolean;
  readonly dictionary: number | null;
  readonly children: readonly ArrowField[];
  /** Of the first of its own buffers. */
  readonly buffer: number;
}

/** Where the parts of a batch are in the file. */
export interface ArrowBatch {
  readonly rows: number;
  readonly body: number;
  readonly buffers: readonly (readonly [number, number])[];
  readonly compression: number | null;
  /** Set for the values of a dictionary. */
  readonly dictionary: number | null;
}

export interface ArrowFile {
  readonly file: OpenFile;
  readonly fields: readonly ArrowField[];
  readonly facts: ReadonlyMap<string, string>;
  readonly batches: readonly ArrowBatch[];
  readonly dictionaries: ReadonlyMap<number, ArrowBatch>;
  /** What was wrong after the batches listed; '' where nothing was. */
  readonly damage: string;
}

const buffersOf = (kind: ArrowKind, isDictionary: boolean): number => {
  if (isDictionary) return 2;
  switch (kind) {
    case 'null':
      return 0;
    case 'struct':
    case 'lists':
      return 1;
    case 'text':
    case 'text64':
    case 'binary':
    case 'binary64':
      return 3;
    default:
      return 2;
  }
};

const widthOf = (kind: ArrowKind, type: FlatTable | null): number => {
  if (kind === 'int') return (type?.int(0) ?? 0) / 8;
  if (kind === 'float') return 2 * 2 ** (type?.short(0) ?? 0);
  return kind === 'fixed' || kind === 'lists' ? (type?.int(0) ?? 0) : 0;
};

/** Reads fields and numbers their buffers, depth first, as batches list them. */
const readFields = (tables: readonly FlatTable[]): readonly ArrowField[] => {
  let buffer = 0;
  let count = 0;
  const read = (table: FlatTable, depth: number): ArrowField => {
    if (depth > maxDepth || ++count > maxFields) throw new RangeError('too many fields');
    const type = table.byte(2);
    const kind = kinds[type];
    if (kind === undefined || kind === '' || kind === 'union')
      throw new Error(`a column of Arrow's type ${String(type)}`);
    const encoding = table.table(4);
    const own = encoding === null ? kind : 'int';
    const first = buffer;
    buffer += buffersOf(kind, encoding !== null);
    const indexType = encoding?.table(1) ?? null;
    const spec = encoding === null ? table.table(3) : indexType;
    const width = encoding !== null && indexType === null ? 4 : widthOf(own, spec);
    const children =
      encoding === null ? table.tables(5).map((child) => read(child, depth + 1)) : [];
    return {
      name: table.text(0),
      kind,
      width,
      isSigned: own !== 'int' || spec === null || spec.byte(1) !== 0,
      dictionary: encoding === null ? null : encoding.long(0),
      children,
      buffer: first,
    };
  };
  return tables.map((table) => read(table, 0));
};

const batchOf = (
  table: FlatTable | null,
  body: number,
  end: number,
  dictionary: number | null,
): ArrowBatch => {
  if (table === null) throw new Error('message without content');
  const buffers = table.pairs(2);
  for (const [start, length] of buffers)
    if (!(start >= 0) || !(length >= 0) || body + start + length > end)
      throw new RangeError('buffer past the end');
  const compression = table.table(3)?.byte(0) ?? null;
  return { rows: table.long(0), body, buffers, compression, dictionary };
};

/**
 * Opens a file of Arrow's IPC format, stream or file, and reads its messages' heads alone. Throws
 * what the source throws, and for a file without a schema; the caller closes `file`.
 */
export const openArrow = (source: FileSource, path: string): ArrowFile => {
  const file = source.open(path);
  const facts = new Map<string, string>();
  const batches: ArrowBatch[] = [];
  const dictionaries = new Map<number, ArrowBatch>();
  let fields: readonly ArrowField[] | null = null;
  let damage = '';
  try {
    const isFile = Buffer.from(file.read(0, 6)).toString('latin1') === 'ARROW1';
    for (let at = isFile ? 8 : 0; at + 8 <= file.size && batches.length < maxBatches;) {
      const head = file.read(at, 8);
      const view = new DataView(head.buffer, head.byteOffset, 8);
      const isMarked = view.getUint32(0, true) === 0xffffffff;
      const length = view.getUint32(isMarked ? 4 : 0, true);
      if (length === 0) break;
      const start = at + (isMarked ? 8 : 4);
      if (length > maxMessage || start + length > file.size) throw new RangeError('cut short');
      const bytes = file.read(start, length);
      const message = FlatTable.root(
        new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      );
      const body = start + length;
      const end = body + message.long(3);
      if (!(end >= body) || end > file.size) throw new RangeError('cut short');
      const content = message.table(2);
      const kind = message.byte(1);
      if (kind === 1 && content !== null) {
        fields = readFields(content.tables(1));
        for (const fact of content.tables(2)) facts.set(fact.text(0), fact.text(1));
      } else if (kind === 3) batches.push(batchOf(content, body, end, null));
      else if (kind === 2 && content !== null) {
        const id = content.long(0);
        // Those after it would need to know which batches it holds for.
        if (dictionaries.has(id)) throw new Error('a dictionary that changes');
        dictionaries.set(id, batchOf(content.table(1), body, end, id));
      }
      at = end;
    }
  } catch (error) {
    damage = error instanceof Error ? error.message : String(error);
  }
  if (fields !== null) return { file, fields, facts, batches, dictionaries, damage };
  file.close();
  throw new Error(damage === '' ? 'no Arrow schema' : damage);
};
