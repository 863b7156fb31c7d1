import type { Message } from '../common/errors';
import type { LongTailProfile } from '../profile/types';
import type { AskedGoals } from '../recommend/asked';
import type { Recommendations } from '../recommend/types';
import type { SweepReport } from '../report/sweep/types';
import type { RunReport } from '../report/types';
import type { RunRecord, TrainerEvent } from './trainer';

/** Host and page are built together; after an update an old page is told to reload. */
export const pageProtocolVersion = 1;

/** What a page keeps over a reload of the window: enough for the host to fill it again. */
export type PageState =
  | { readonly page: 'profile'; readonly root: string }
  | { readonly page: 'run' | 'report'; readonly folder: string };

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
  readonly profile: LongTailProfile;
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
  /** Steps, evaluations and stages of the run. */
  readonly events: readonly TrainerEvent[];
}

export type ToPage =
  | { readonly kind: 'page/failed'; readonly message: Message }
  | { readonly kind: 'page/busy'; readonly message: Message }
  | { readonly kind: 'profile/show'; readonly view: ProfileView; readonly state: PageState }
  /** The advice for other goals. */
  | { readonly kind: 'profile/advice'; readonly view: AdviceView }
  /** The files have changed since what is shown was read. */
  | { readonly kind: 'profile/stale' }
  /** Brings a part of the page into view and moves the focus there. */
  | { readonly kind: 'profile/focus'; readonly part: 'advice' }
  | { readonly kind: 'run/show'; readonly view: RunView; readonly state: PageState }
  | { readonly kind: 'run/events'; readonly events: readonly TrainerEvent[] }
  | { readonly kind: 'report/show'; readonly view: ReportView; readonly state: PageState };

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
  /** Advice is wanted for these. */
  | { readonly kind: 'profile/goals'; readonly asked: AskedGoals }
  | { readonly kind: 'run/stop' }
  | { readonly kind: 'run/resume' }
  | { readonly kind: 'run/openConfig' }
  | { readonly kind: 'run/showLog' }
  | { readonly kind: 'report/openConfig' }
  | { readonly kind: 'report/showRun' }
  | { readonly kind: 'report/export' };

type Fields = Readonly<Record<string, 'string' | 'number' | 'object' | 'array' | 'string?'>>;

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
  'profile/goals': { asked: 'object' },
  'run/stop': {},
  'run/resume': {},
  'run/openConfig': {},
  'run/showLog': {},
  'report/openConfig': {},
  'report/showRun': {},
  'report/export': {},
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fits = (value: unknown, type: Fields[string]): boolean => {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
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
  const { page, root, folder } = value;
  if (page === 'profile' && typeof root === 'string') return { page, root };
  if ((page === 'run' || page === 'report') && typeof folder === 'string') return { page, folder };
  return null;
};
