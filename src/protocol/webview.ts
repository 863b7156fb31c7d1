import type { Message } from '../common/errors';
import type { ProfileFacts } from '../profile/classRows';
import type { SamplePicture } from '../dataset/inspect/types';
import type { PackedColumns } from '../profile/packedColumns';
import type { Bands } from '../profile/types';
import type { AskedGoals } from '../recommend/asked';
import type { Recommendations } from '../recommend/types';
import type { ShownChanges } from '../report/countChanges';
import type { ComparedRun } from '../report/comparison/types';
import type { SweepReport } from '../report/sweep/types';
import type { BenchSetting } from '../report/bench/setting';
import type { RunReport } from '../report/types';
import type { KeptSetting, ReportOutputs, TestFile, TestQuery } from './reportPage';
import type { RunRecord, TrainerEvent } from './trainer';

/** Host and page are built together; after an update an old page is told to reload. */
export const pageProtocolVersion = 1;

/** What a page keeps over a reload of the window: enough for the host to fill it again. */
export type PageState =
  | { readonly page: 'profile'; readonly root: string }
  | { readonly page: 'run' | 'report'; readonly folder: string }
  | { readonly page: 'compare'; readonly folders: readonly string[] };

/** Advice, and the goals it was made for. */
export interface AdviceView {
  readonly advice: Recommendations;
  readonly asked: AskedGoals;
  /** Names of the frameworks that something is known of. */
  readonly frameworks: readonly string[];
}

/** Everything the profile page shows. */
export interface ProfileView {
  readonly name: string;
  readonly profile: ProfileFacts;
  /** Its classes: arrays, so that a million of them cross as fast as ten. */
  readonly columns: PackedColumns;
  /** How many classes are left out, and which are merged: of the view, never of the data. */
  readonly choice: {
    readonly ignored: number;
    readonly merged: readonly { readonly into: string; readonly count: number }[];
  };
  /** Bands that were set by hand. */
  readonly bandsSet: Bands['thresholds'] | null;
  readonly advice: AdviceView;
  /** Time of the scan, or null when the index came out of the cache. */
  readonly scanSeconds: number | null;
  /** Files have changed since the scan. */
  readonly stale: boolean;
  /** Why training cannot start from here, if so. */
  readonly cannotTrain: Message | null;
  /** What the imbalance may do: of a baseline that ran on this data, else of published runs. */
  readonly effect: { readonly message: Message; readonly measured: boolean } | null;
}

export interface RunView {
  readonly record: RunRecord;
  readonly events: readonly TrainerEvent[];
  readonly report: RunReport | null;
  /** Class names and training counts as far as they are known, for the names of the bands. */
  readonly dataset: { readonly name: string; readonly scheme: 'rank' | 'count' };
  /** Whether this window runs it: only its own children can be stopped. */
  readonly ours: boolean;
}

export interface ReportView {
  readonly report: RunReport;
  /** Of a sweep, all its recipes; the report is then of the one that was kept. */
  readonly sweep: SweepReport | null;
  /** Recipe of the sweep that the advice for these data comes to; null where that is not known. */
  readonly advised: string | null;
  /** Steps, evaluations and stages of the run. */
  readonly events: readonly TrainerEvent[];
}

/** A run as the page compares it: predictions travel as bytes, matrices of confusions not at all. */
export interface ComparedRunView extends Omit<ComparedRun, 'items' | 'labels'> {
  /** int32 [items] each. */
  readonly items: {
    readonly rows: ArrayBuffer;
    readonly labels: ArrayBuffer;
    readonly predicted: ArrayBuffer;
  } | null;
  /** int32 [items]; one byte [items][labels] twice, float32 [items][labels]. */
  readonly labels: {
    readonly rows: ArrayBuffer;
    readonly targets: ArrayBuffer;
    readonly decisions: ArrayBuffer;
    readonly scores: ArrayBuffer;
  } | null;
}

export interface CompareView {
  /** Those that were chosen, then their baselines. */
  readonly runs: readonly ComparedRunView[];
}

export type ToPage =
  | { readonly kind: 'page/failed'; readonly message: Message }
  | { readonly kind: 'page/busy'; readonly message: Message }
  | { readonly kind: 'profile/show'; readonly view: ProfileView; readonly state: PageState }
  /** The advice for other goals. */
  | { readonly kind: 'profile/advice'; readonly view: AdviceView }
  /** Files of a class from one on, and how many there are. */
  | {
      readonly kind: 'profile/files';
      readonly class: string;
      readonly from: number;
      readonly count: number;
      readonly files: readonly { readonly text: string; readonly split: string }[];
    }
  /** Pictures of files that are listed; null where there is none to show. */
  | {
      readonly kind: 'profile/pictures';
      readonly class: string;
      readonly from: number;
      readonly pictures: readonly (SamplePicture | null)[];
    }
  /** What the classes are compared with; follows `profile/show`. */
  | { readonly kind: 'profile/compared'; readonly changes: ShownChanges }
  /** The files have changed since what is shown was read. */
  | { readonly kind: 'profile/stale' }
  /** Brings a part of the page into view and moves the focus there. */
  | { readonly kind: 'profile/focus'; readonly part: 'advice' }
  | { readonly kind: 'run/show'; readonly view: RunView; readonly state: PageState }
  | { readonly kind: 'run/events'; readonly events: readonly TrainerEvent[] }
  | { readonly kind: 'comparison/show'; readonly view: CompareView; readonly state: PageState }
  | { readonly kind: 'report/show'; readonly view: ReportView; readonly state: PageState }
  /** Follows `report/show`: what takes longer to read. */
  | { readonly kind: 'report/outputs'; readonly outputs: ReportOutputs }
  /** Test items that were asked for, from one on, and how many there are. */
  | {
      readonly kind: 'report/files';
      readonly query: TestQuery;
      readonly from: number;
      readonly count: number;
      readonly files: readonly TestFile[];
    }
  /** Why there are none. */
  | { readonly kind: 'report/noFiles'; readonly query: TestQuery; readonly message: Message }
  | {
      readonly kind: 'report/pictures';
      readonly query: TestQuery;
      readonly from: number;
      readonly pictures: readonly (SamplePicture | null)[];
    }
  /** The setting was written; `kept` is the one that test was looked at for. */
  | { readonly kind: 'report/kept'; readonly kept: KeptSetting; readonly written: BenchSetting };

export type FileAction = 'open' | 'reveal' | 'copy';

export type FromPage =
  | { readonly kind: 'page/ready'; readonly version: number }
  | { readonly kind: 'page/error'; readonly detail: string }
  /** Something to be written where the user says; `content` is text, of a PNG base64. */
  | {
      readonly kind: 'page/save';
      readonly name: string;
      readonly format: 'svg' | 'png' | 'csv';
      readonly content: string;
    }
  | { readonly kind: 'profile/rescan' }
  | { readonly kind: 'profile/createConfig'; readonly recommendation: string | null }
  | { readonly kind: 'profile/train'; readonly recommendation: string | null }
  | { readonly kind: 'profile/copyAsCode' }
  | { readonly kind: 'profile/compare' }
  | { readonly kind: 'profile/closeComparison' }
  /** Advice is wanted for these. */
  | { readonly kind: 'profile/goals'; readonly asked: AskedGoals }
  /** The class shares that the model will meet are in a file, which is to be chosen. */
  | { readonly kind: 'profile/sharesFile' }
  /** Classes as they are shown, by name. */
  | { readonly kind: 'profile/ignore'; readonly classes: readonly string[] }
  | { readonly kind: 'profile/merge'; readonly classes: readonly string[] }
  | { readonly kind: 'profile/undoClasses' }
  | { readonly kind: 'profile/bands'; readonly thresholds: Bands['thresholds'] | null }
  | { readonly kind: 'profile/files'; readonly class: string; readonly from: number }
  | { readonly kind: 'profile/pictures'; readonly class: string; readonly from: number }
  /** Of the files last listed, by their number. */
  | { readonly kind: 'profile/file'; readonly at: number; readonly action: FileAction }
  | { readonly kind: 'run/stop' }
  | { readonly kind: 'run/resume' }
  | { readonly kind: 'run/openConfig' }
  | { readonly kind: 'run/showLog' }
  /** Other seeds of the run of this id. */
  | { readonly kind: 'comparison/repeat'; readonly run: string }
  | { readonly kind: 'comparison/openReport'; readonly run: string }
  /** The comparison as a file, less the group at this place. */
  | { readonly kind: 'comparison/export'; readonly reference: number }
  | { readonly kind: 'report/openConfig' }
  | { readonly kind: 'report/showRun' }
  | { readonly kind: 'report/repeat' }
  | { readonly kind: 'report/compare' }
  | { readonly kind: 'report/export'; readonly format: string }
  | { readonly kind: 'report/files'; readonly query: TestQuery; readonly from: number }
  | { readonly kind: 'report/pictures'; readonly query: TestQuery; readonly from: number }
  /** Of the files last listed, by their number. */
  | { readonly kind: 'report/file'; readonly at: number; readonly action: FileAction }
  | { readonly kind: 'report/keep'; readonly setting: BenchSetting };

type Fields = Readonly<
  Record<string, 'string' | 'number' | 'object' | 'strings' | 'string?' | 'thresholds?'>
>;

/** One row a kind: its required fields. A kind that is missing here does not compile. */
const fromPageFields: Readonly<Record<FromPage['kind'], Fields>> = {
  'page/ready': { version: 'number' },
  'page/error': { detail: 'string' },
  'page/save': { name: 'string', format: 'string', content: 'string' },
  'profile/rescan': {},
  'profile/createConfig': { recommendation: 'string?' },
  'profile/train': { recommendation: 'string?' },
  'profile/copyAsCode': {},
  'profile/compare': {},
  'profile/closeComparison': {},
  'profile/goals': { asked: 'object' },
  'profile/sharesFile': {},
  'profile/ignore': { classes: 'strings' },
  'profile/merge': { classes: 'strings' },
  'profile/undoClasses': {},
  'profile/bands': { thresholds: 'thresholds?' },
  'profile/files': { class: 'string', from: 'number' },
  'profile/pictures': { class: 'string', from: 'number' },
  'profile/file': { at: 'number', action: 'string' },
  'run/stop': {},
  'run/resume': {},
  'run/openConfig': {},
  'run/showLog': {},
  'comparison/repeat': { run: 'string' },
  'comparison/openReport': { run: 'string' },
  'comparison/export': { reference: 'number' },
  'report/openConfig': {},
  'report/showRun': {},
  'report/repeat': {},
  'report/compare': {},
  'report/export': { format: 'string' },
  'report/files': { query: 'object', from: 'number' },
  'report/pictures': { query: 'object', from: 'number' },
  'report/file': { at: 'number', action: 'string' },
  'report/keep': { setting: 'object' },
};

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fits = (value: unknown, type: Fields[string]): boolean => {
  if (type === 'object') return isObject(value);
  if (type === 'strings') return isTexts(value);
  if (type === 'thresholds?')
    return (
      value === null ||
      (isObject(value) &&
        typeof value['manyAbove'] === 'number' &&
        typeof value['fewBelow'] === 'number')
    );
  if (type === 'string?') return value === null || typeof value === 'string';
  return typeof value === type;
};

const matches = (value: unknown, kinds: Readonly<Record<string, Fields>>): boolean => {
  if (!isObject(value) || typeof value['kind'] !== 'string') return false;
  const fields = Object.hasOwn(kinds, value['kind']) ? kinds[value['kind']] : undefined;
  return (
    fields !== undefined && Object.entries(fields).every(([name, type]) => fits(value[name], type))
  );
};

/** Whether a value is a message from a page, by kind and the types of its fields. */
export const isFromPage = (value: unknown): value is FromPage => matches(value, fromPageFields);

/** What a page kept, or null when it is not one of ours. */
export const readPageState = (value: unknown): PageState | null => {
  if (!isObject(value)) return null;
  const { page, root, folder, folders } = value;
  if (page === 'profile' && typeof root === 'string') return { page, root };
  if ((page === 'run' || page === 'report') && typeof folder === 'string') return { page, folder };
  if (page === 'compare' && isTexts(folders)) return { page, folders };
  return null;
};
