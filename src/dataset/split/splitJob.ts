import { CancelledError, LongtailError } from '../../common/errors';
import { openIndex } from '../indexFile';
import { isSystemError, reasonOf } from '../issues';
import type { FileStore } from '../nodeFileSource';
import type { FailedOutcome } from '../runThread';
import { slots } from '../scanProtocol';
import type { FileSource } from '../types';
import { splitFiles } from './lists';
import { proposeSplit } from './propose';
import type { ListStyle, SplitRequest, SplitSummary } from './types';

/** Where a split is written. */
export interface SplitOutput {
  /** A folder outside the dataset; made when it is not there. */
  readonly folder: string;
  readonly style: ListStyle;
}

/** Propose a split and, where a folder is given, write it. `shared` as of an inspection. */
export interface SplitJob {
  readonly kind: 'split';
  readonly indexPath: string;
  readonly request: SplitRequest;
  readonly output?: SplitOutput;
  readonly shared: SharedArrayBuffer;
}

export type SplitOutcome =
  { readonly kind: 'done'; readonly summary: SplitSummary } | FailedOutcome;

/** Writes a whole file or nothing. */
const writeFile = (store: FileStore, path: string, pieces: Iterable<string>): void => {
  const temporary = `${path}.${process.pid}.tmp`;
  const file = store.create(temporary);
  try {
    for (const piece of pieces) file.append(new TextEncoder().encode(piece));
  } catch (error) {
    file.close();
    store.remove(temporary);
    throw error;
  }
  file.close();
  store.rename(temporary, path);
};

const writeFiles = (
  store: FileStore,
  folder: string,
  files: readonly { readonly name: string; readonly pieces: () => Iterable<string> }[],
  check: () => void,
): void => {
  try {
    store.makeFolder(folder);
    for (const { name, pieces } of files) {
      const checked = function* (): Iterable<string> {
        for (const piece of pieces()) {
          check();
          yield piece;
        }
      };
      writeFile(store, `${folder}/${name}`, checked());
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new LongtailError('propose/cannot-write', { folder, reason: reasonOf(error) });
  }
};

/** One split from start to end. LongtailErrors and cancellation are outcomes, as of a scan. */
export const runSplitJob = (job: SplitJob, source: FileSource, store: FileStore): SplitOutcome => {
  const shared = new Int32Array(job.shared);
  const check = (): void => {
    if (Atomics.load(shared, slots.cancel) !== 0) throw new CancelledError();
  };
  const { request, output } = job;
  try {
    const index = openIndex(job.indexPath, source);
    if (output?.style.numbers === true && index.task !== 'single-label')
      throw new LongtailError('propose/numbers-need-one-label', { task: index.task });
    const split = proposeSplit(source, index, request);
    check();
    const style = output?.style ?? { absolute: false, numbers: false };
    const files = splitFiles(source, index, split, { parts: request.parts, style });
    const summary = { ...split.summary, files: files.map(({ name }) => name) };
    check();
    const text = `${JSON.stringify(summary, null, 2)}\n`;
    if (output !== undefined)
      writeFiles(
        store,
        output.folder,
        // The summary last: where it stands, the lists are whole.
        [...files, { name: 'split.json', pieces: () => [text] }],
        check,
      );
    return { kind: 'done', summary };
  } catch (error) {
    if (error instanceof CancelledError) return { kind: 'cancelled' };
    if (error instanceof LongtailError)
      return { kind: 'failed', code: error.code, params: error.params };
    throw error;
  }
};
