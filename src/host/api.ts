import { applyPatch } from '../config/patch';
import { plainConfig } from '../config/defaults';
import { readConfig } from '../config/combinations';
import { serializeConfig } from '../config/serialize';
import type { DatasetIndex } from '../dataset/types';
import { scanDataset } from '../dataset/scanClient';
import { profileDataset } from '../profile/profile';
import { recommend } from '../recommend/recommend';
import { readReport } from '../run/runStore';
import type { Datasets } from './datasets';
import type { Host } from './host';
import { cacheFolder } from './settings';

/** What `activate` returns: the stages of the flow, the same as editor and shell use. */
export interface LongtailApi {
  readonly version: 1;
  /** The scanned datasets, newest first; stale = files have changed since. */
  readonly datasets: {
    readonly onDidChange: Datasets['onDidChange'];
    readonly list: () => readonly {
      readonly root: string;
      readonly samples: number;
      readonly stale: boolean;
    }[];
  };
  /** Path → index, in a thread of its own; nothing inside the dataset is changed. */
  readonly scan: (path: string, options?: { signal?: AbortSignal }) => Promise<DatasetIndex>;
  /** Index → profile. */
  readonly profile: typeof profileDataset;
  /** Profile → ranked advice. */
  readonly recommend: typeof recommend;
  /** Profile → plain config; a recommendation's patch turns it into a recipe. */
  readonly config: {
    readonly plain: typeof plainConfig;
    readonly patch: typeof applyPatch;
    readonly read: typeof readConfig;
    readonly serialize: typeof serializeConfig;
  };
  /** Report of a finished run by its folder, or null. */
  readonly report: typeof readReport;
}

/** The API over a host's bundles and caches. */
export const createApi = ({
  context,
  paths,
  datasets,
}: Pick<Host, 'context' | 'paths' | 'datasets'>): LongtailApi => ({
  version: 1,
  datasets: {
    onDidChange: datasets.onDidChange,
    list: () =>
      datasets
        .list()
        .map(({ root, samples }) => ({ root, samples, stale: datasets.isStale(root) })),
  },
  scan: async (path, options = {}) => {
    const { index } = await scanDataset(path, {
      ...options,
      workerPath: paths.scanWorker,
      cacheFolder: cacheFolder(context),
    });
    return index;
  },
  profile: profileDataset,
  recommend,
  config: { plain: plainConfig, patch: applyPatch, read: readConfig, serialize: serializeConfig },
  report: readReport,
});
