import type { IndexBuilder } from './indexBuilder';
import { layoutVersion, magic, padTo8, prefixBytes } from './indexLayout';
import type { ColumnPlace, IndexHeader, ScanFacts } from './indexLayout';

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

/**
 * The bytes of an index file, in pieces: magic, header length, header as JSON, then the columns,
 * each aligned to 8 bytes: labelStart u32, labels u32, split u8, container u32, nameEnd u32,
 * names UTF-8, containerEnd u32, containers UTF-8 and, where any sample has a place inside its
 * container, offset f64 and length f64; where any object's area is known, areas u8. Numbers in the byte order of the machine.
 */
export const encodeIndex = function* (
  builder: IndexBuilder,
  facts: ScanFacts,
): Iterable<Uint8Array> {
  const { newId, ...finished } = builder.finish();
  const parts: [string, number, Iterable<Uint8Array>][] = [
    ['labelStart', builder.labelStart.byteLength, builder.labelStart.bytes()],
    ['labels', builder.labels.byteLength, remapped(builder.labels.bytes(), newId)],
    ['split', builder.split.byteLength, builder.split.bytes()],
    ['container', builder.containerOf.byteLength, builder.containerOf.bytes()],
    ['nameEnd', builder.nameEnd.byteLength, builder.nameEnd.bytes()],
    ['names', builder.names.byteLength, builder.names.bytes()],
    ['containerEnd', builder.containerEnd.byteLength, builder.containerEnd.bytes()],
    ['containers', builder.containers.byteLength, builder.containers.bytes()],
  ];
  if (builder.placed) {
    parts.push(['offset', builder.offset.byteLength, builder.offset.bytes()]);
    parts.push(['length', builder.length.byteLength, builder.length.bytes()]);
  }
  if (builder.measured) parts.push(['areas', builder.areas.byteLength, builder.areas.bytes()]);
  const columns: Record<string, ColumnPlace> = {};
  let offset = 0;
  for (const [name, bytes] of parts) {
    columns[name] = { offset, bytes };
    offset += bytes + padTo8(bytes);
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
  const json = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(prefixBytes);
  prefix.write(magic, 'latin1');
  prefix.writeUInt32LE(json.length, 8);
  yield prefix;
  yield json;
  yield new Uint8Array(padTo8(json.length));
  for (const [, bytes, chunks] of parts) {
    yield* chunks;
    yield new Uint8Array(padTo8(bytes));
  }
};
