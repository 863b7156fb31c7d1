import { dirname } from 'node:path';
import { LongtailError, type Message } from '../../common/errors';
import { resolveDataset } from '../../config/paths';
import { formatOptionsIn } from '../../dataset/formatOptions';
import { listRows } from '../../dataset/inspect/samplesClient';
import type { SamplePlace } from '../../dataset/inspect/types';
import { scanToFile } from '../../dataset/scanClient';
import type { TestQuery } from '../../protocol/reportPage';
import type { FileAction, ToPage } from '../../protocol/webview';
import { placeText } from '../../report/places';
import type { RunReport } from '../../report/types';
import { readReport, readRun } from '../../run/runStore';
import { words } from '../../words/say';
import type { Host } from '../host';
import type { RunFolders } from '../../outputs/diagnosis';
import { testItems, type TestItem, type TestItems } from '../outputs/testItems';
import { actOnPlace } from '../samplePlaces';
import { cacheFolder } from '../settings';
import { withProgress } from '../withProgress';
import type { Handlers } from './page';
import { runFoldersOf } from './runFolders';

/** Files on a page of the list, and pictures read at once. */
const filesAtOnce = 24;

/** Lists the scored items of a run for its report page, and does with them what the page asks for. */
interface TestFiles {
  list(query: TestQuery, from: number): Promise<void>;
  pictures(query: TestQuery, from: number): Promise<void>;
  act(at: number, action: FileAction): Promise<void>;
}

/** What comes from a page, read as if from a file. */
const queryOf = (value: TestQuery): TestQuery => {
  const name = (of: unknown): string | null => (typeof of === 'string' ? of : null);
  return { truth: name(value.truth), predicted: name(value.predicted) };
};

/** Predictions, and the index with the samples they are of: both are read when they are first asked for. */
const createTestFiles = (
  { context, paths }: Pick<Host, 'context' | 'paths'>,
  { report, folders }: { readonly report: RunReport; readonly folders: RunFolders },
  post: (message: ToPage) => void,
): TestFiles => {
  const { root, fingerprint, classNames } = report.dataset;
  const configPath = readRun(folders.own)?.record.configPath ?? '';
  const known: { items?: TestItems | Message; index?: Promise<{ indexPath: string }> } = {};
  const listed = { from: 0, places: [] as readonly SamplePlace[] };
  const indexPath = async (): Promise<string> => {
    known.index ??= withProgress(words('host/samples/finding'), (signal) =>
      scanToFile(root, {
        ...formatOptionsIn(resolveDataset(report.config.dataset, dirname(configPath))),
        ...{ workerPath: paths.scanWorker, cacheFolder: cacheFolder(context), signal },
      }),
    );
    try {
      return (await known.index).indexPath;
    } catch (error) {
      delete known.index;
      throw error;
    }
  };
  /** The items of a page, or null once the page was told why there are none. */
  const itemsOf = (
    query: TestQuery,
    from: number,
  ): { readonly count: number; readonly items: readonly TestItem[] } | null => {
    known.items ??= testItems(report, folders);
    if ('code' in known.items) {
      post({ kind: 'report/noFiles', query, message: known.items });
      return null;
    }
    const found = known.items.find(query);
    return { count: found.length, items: found.slice(from, from + filesAtOnce) };
  };
  const rowsOf = async (
    items: readonly TestItem[],
    pictures: boolean,
  ): ReturnType<typeof listRows> => {
    const wanted = { rows: items.map(({ row }) => row), fingerprint };
    return listRows(await indexPath(), wanted, paths.inspectWorker, pictures);
  };
  /** What keeps the files from being found is said where they would stand. */
  const told = async (query: TestQuery, task: () => Promise<void>): Promise<void> => {
    try {
      await task();
    } catch (error) {
      if (!(error instanceof LongtailError)) throw error;
      const { code, params } = error;
      post({ kind: 'report/noFiles', query, message: { code, params } });
    }
  };
  return {
    list: async (asked, from) => {
      const query = queryOf(asked);
      await told(query, async () => {
        const page = itemsOf(query, from);
        if (page === null) return;
        const { samples: places } = await rowsOf(page.items, false);
        Object.assign(listed, { from, places });
        const nameOf = (place: number): string | null => classNames[place] ?? null;
        const files = page.items.map(({ truth, predicted, probability }, i) => ({
          text: placeText(places[i] ?? { path: '' }),
          ...{ truth: nameOf(truth), predicted: nameOf(predicted), probability },
        }));
        post({ kind: 'report/files', query, from, count: page.count, files });
      });
    },
    pictures: async (asked, from) => {
      const query = queryOf(asked);
      await told(query, async () => {
        const page = itemsOf(query, from);
        if (page === null) return;
        const { pictures = [] } = await rowsOf(page.items, true);
        post({ kind: 'report/pictures', query, from, pictures });
      });
    },
    act: async (at, action) => {
      const place = listed.places[at - listed.from];
      if (place !== undefined) await actOnPlace({ root }, place, action);
    },
  };
};

/** What a page that shows the report of a run may ask for of its test items. */
export const testFileHandlers = (
  host: Pick<Host, 'context' | 'paths' | 'runs'>,
  folder: string,
  post: (message: ToPage) => void,
): Handlers => {
  const known: { files?: TestFiles } = {};
  const files = (): TestFiles => {
    if (known.files !== undefined) return known.files;
    const report = readReport(folder);
    if (report === null) throw new LongtailError('host/no-report', { folder });
    const parts = { report, folders: runFoldersOf(host, folder, report) };
    return (known.files = createTestFiles(host, parts, post));
  };
  return {
    'report/files': ({ query, from }) => files().list(query, from),
    'report/pictures': ({ query, from }) => files().pictures(query, from),
    'report/file': ({ at, action }) => files().act(at, action),
  };
};
