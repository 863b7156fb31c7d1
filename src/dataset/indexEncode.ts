import type { EvenColumn } from './columns';
import type { IndexBuilder } from './indexBuilder';
import { layoutVersion, magic, padTo8, prefixBytes } from './indexLayout';
import type { ColumnPlace, IndexHeader, ScanFacts } from './indexLayout';
import { stampBytes } from './stamps/stampBytes';
import type { StampGroup } from './stamps/stampGroup';

const remapped = function* (
  chunks: Iterable<Uint8Array>,
  newId: Uint32Array,
): Iterable<Uint8Array> {
  for (const chunk of chunks) {
    const copy = chunk.slice();
    const ids = new Uint32Array(copy.buffer, 0, copy.length / 4);
    for (let i = 0; i < ids.length; i++) ids[i] = newId[ids[i] ?? 0] ?? 0;
    yield copy;
  }
};

const namesAtOnce = 1 << 14;

/** A header as JSON, piece by piece: the names of a million classes never stand in one string. */
const headerPieces = function* ({ classNames, ...rest }: IndexHeader): Iterable<string> {
  yield '{"classNames":[';
  for (let at = 0; at < classNames.length; at += namesAtOnce) {
    const names = JSON.stringify(classNames.slice(at, at + namesAtOnce)).slice(1, -1);
    yield at === 0 ? names : `,${names}`;
  }
  yield `],${JSON.stringify(rest).slice(1)}`;
};

/** One column of the file. */
interface Part {
  readonly byteLength: number;
  readonly even?: EvenColumn | undefined;
  bytes(): Iterable<Uint8Array>;
}

/**
 * The bytes of an index file, in pieces: magic, header length, header as JSON, then the columns,
 * each aligned to 8 bytes. labels, areas: an entry a label; labelStart: where a sample's labels
 * begin; split, container, nameEnd, offset and length (with the upper 32 bits of both apart): an
 * entry a sample; names, containers: UTF-8; stamps: what the scan read, and how it was then. Numbers in the byte order of the machine. A column of
 * equal or evenly rising numbers has no bytes: its place in the header says all.
 */
export const encodeIndex = function* (
  builder: IndexBuilder,
  facts: ScanFacts,
  stamps: readonly StampGroup[],
): Iterable<Uint8Array> {
  const { newId, ...finished } = builder.finish();
  const { labels } = builder;
  // Classes are renumbered as they are written.
  labels.writeOut();
  const stamped = stampBytes(stamps);
  const parts: Readonly<Record<string, Part>> = {
    labelStart: builder.labelStart,
    labels: { byteLength: labels.byteLength, bytes: () => remapped(labels.bytes(), newId) },
    areas: builder.areas,
    split: builder.split,
    container: builder.containerOf,
    nameEnd: builder.nameEnd,
    names: builder.names,
    containerEnd: builder.containerEnd,
    containers: builder.containers,
    offset: builder.offset,
    offsetHigh: builder.offsetHigh,
    length: builder.length,
    lengthHigh: builder.lengthHigh,
    stamps: {
      byteLength: stamped.reduce((sum, { length }) => sum + length, 0),
      bytes: () => stamped,
    },
  };
  const columns: Record<string, ColumnPlace> = {};
  let offset = 0;
  for (const [name, { byteLength, even }] of Object.entries(parts)) {
    columns[name] = { offset, bytes: byteLength, ...(even === undefined ? {} : { even }) };
    offset += byteLength + padTo8(byteLength);
  }
  const header: IndexHeader = {
    schema: 'longtail.index/1',
    layout: layoutVersion,
    task: builder.task,
    modality: builder.modality,
    samples: builder.samples,
    ...facts,
    ...finished,
    columns,
  };
  // Made twice rather than kept: for its length, and as it is written.
  let length = 0;
  for (const piece of headerPieces(header)) length += Buffer.byteLength(piece);
  const prefix = Buffer.alloc(prefixBytes);
  prefix.write(magic, 'latin1');
  prefix.writeUInt32LE(length, 8);
  yield prefix;
  for (const piece of headerPieces(header)) yield Buffer.from(piece);
  yield new Uint8Array(padTo8(length));
  for (const part of Object.values(parts)) {
    yield* part.bytes();
    yield new Uint8Array(padTo8(part.byteLength));
  }
};
