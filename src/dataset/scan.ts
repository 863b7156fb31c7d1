import type { Crew } from './crew/crew';
import { ambiguity, detectFormat, formatOf } from './detect';
import { formatOptionsIn } from './formatOptions';
import { finishIndex } from './indexEncode';
import { indexFromBytes } from './indexFile';
import { MemoryChunks } from './columns';
import type { ChunkStore } from './columns';
import { IndexBuilder, LimitReached } from './indexBuilder';
import type { Tick } from './indexBuilder';
import { isSystemError, issue, reasonOf } from './issues';
import { listedSink, tellOfLists } from './split/listedSink';
import { readSplitLists } from './split/splitLists';
import { recordingSource } from './stamps/recordingSource';
import type { DatasetIndex, FileSource, FormatOptions } from './types';

export interface ScanTools {
  readonly store: ChunkStore;
  readonly tick: Tick;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Who helps with the reading; nobody without it. */
  readonly crew?: Crew;
}

/**
 * Detects the format, reads all labels and puts the index file into the store, piece by piece.
 * LongtailError for a path that cannot be a dataset, CancelledError from `tick`; bad data never
 * throws, it is in the index's issues.
 */
export const scanTo = (
  source: FileSource,
  root: string,
  options: FormatOptions,
  tools: ScanTools,
): void => {
  const startedMs = tools.now();
  const recording = recordingSource(source, tools.crew);
  const named = formatOptionsIn(options);
  const candidates = detectFormat(recording.source, root, named);
  recording.settle();
  const format = formatOf(candidates[0]?.format ?? '');
  const builder = new IndexBuilder(tools.store, tools.tick);
  for (const found of ambiguity(candidates)) builder.issue(found);
  let partial: { readonly share: number } | undefined;
  try {
    const { splitLists } = named;
    if (splitLists === undefined) format.index(recording.source, root, named, builder);
    else {
      const lists = readSplitLists(recording.source, splitLists, { root, format: format.id });
      format.index(recording.source, root, named, listedSink(builder, lists));
      tellOfLists(lists, splitLists, builder);
    }
  } catch (error) {
    if (isSystemError(error))
      builder.issue(issue('error', 'dataset/scan-stopped', { reason: reasonOf(error) }));
    else if (!(error instanceof LimitReached)) throw error;
    partial = { share: builder.done ?? 0 };
  }
  builder.tick();
  const facts = {
    root,
    format: format.id,
    options: named,
    ...(partial === undefined ? {} : { partial }),
    startedMs,
    scanMs: tools.now() - startedMs,
  };
  finishIndex(builder, facts, recording.stamps(), tools.store);
};

/** Scans in this thread and in memory. Same results and errors as `scanTo`. */
export const scanDatasetSync = (
  source: FileSource,
  root: string,
  options: FormatOptions = {},
  tick: Tick = () => undefined,
): DatasetIndex => {
  const store = new MemoryChunks();
  scanTo(source, root, options, { store, tick, now: Date.now });
  const index = indexFromBytes(store.bytes());
  if (index === null) throw new Error('the index just written cannot be read');
  return index;
};
