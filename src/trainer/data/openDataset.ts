import { resolve } from 'node:path';
import { CancelledError, LongtailError } from '../../common/errors';
import { openIndex } from '../../dataset/indexFile';
import { nodeFileSource, nodeFileStore } from '../../dataset/nodeFileSource';
import { scanDatasetSync } from '../../dataset/scan';
import { runScanJob } from '../../dataset/scanJob';
import { slots } from '../../dataset/scanProtocol';
import type { DatasetIndex, FormatOptions } from '../../dataset/types';

/**
 * The index of a dataset: the one a scan of the same path left in the cache where nothing changed
 * since, else a new one that is left there too. Where the cache cannot be written it is made in
 * memory. LongtailErrors of the scan.
 */
export const openDataset = (
  path: string,
  options: FormatOptions,
  cacheFolder: string,
): DatasetIndex => {
  const root = resolve(path).replaceAll('\\', '/');
  const shared = new SharedArrayBuffer(4 * slots.count);
  const outcome = runScanJob(
    { root, options, cacheFolder, fresh: false, shared },
    { source: nodeFileSource, store: nodeFileStore, now: Date.now, tag: `train-${process.pid}` },
  );
  if (outcome.kind === 'done') return openIndex(outcome.indexPath);
  if (outcome.kind === 'cancelled') throw new CancelledError();
  if (outcome.code === 'dataset/cache-unwritable')
    return scanDatasetSync(nodeFileSource, root, options);
  throw new LongtailError(outcome.code, outcome.params);
};
