import type { ChunkStore } from './columns';
import type { IndexBuilder } from './indexBuilder';
import { layoutVersion, magic, trailerBytes } from './indexLayout';
import type { IndexHeader, ScanFacts } from './indexLayout';
import { stampBytes } from './stamps/stampBytes';
import type { StampGroup } from './stamps/stampGroup';

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

/**
 * Ends an index file: the rest of the columns, the header as JSON, which says where their chunks
 * lie, and the trailer, so that a file cut short is none. labels, areas: an entry a label;
 * labelStart: where a sample's labels begin; classOrder: place of every class as labels number them;
 * split, container, nameEnd, offset and length (with the upper 32 bits of both apart): an entry a
 * sample; names, containers: UTF-8; stamps: what the scan read, and how it was then. Numbers in the
 * byte order of the machine.
 */
export const finishIndex = (
  builder: IndexBuilder,
  facts: ScanFacts,
  stamps: readonly StampGroup[],
  store: ChunkStore,
): void => {
  const { columns, ...finished } = builder.finish();
  const stamped = Buffer.concat(stampBytes(stamps));
  const header: IndexHeader = {
    schema: 'longtail.index/1',
    layout: layoutVersion,
    task: builder.task,
    modality: builder.modality,
    samples: builder.samples,
    ...facts,
    ...finished,
    columns: {
      ...columns,
      stamps: { bytes: stamped.length, chunks: [store.put(stamped), stamped.length] },
    },
  };
  let length = 0;
  for (const piece of headerPieces(header)) {
    const bytes = Buffer.from(piece);
    store.put(bytes);
    length += bytes.length;
  }
  const trailer = Buffer.alloc(trailerBytes);
  trailer.write(magic, 'latin1');
  trailer.writeUInt32LE(length, 8);
  store.put(trailer);
};
