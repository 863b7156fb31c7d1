import type { Message } from '../../common/errors';
import type { Interval } from '../../methods/metrics';
import type { Band } from '../../profile/types';
import type { RunReport } from '../types';
import type { RunCurves } from './curves';

/** What a run predicted for its test items, after every correction, in the order it keeps them. */
export interface TestItems {
  /** Sample numbers of the index. */
  readonly rows: Int32Array;
  /** Class positions. */
  readonly labels: Int32Array;
  readonly predicted: Int32Array;
}

/** The same of items that may have several labels. */
export interface TestLabels {
  readonly rows: Int32Array;
  /** 1 where the item has the label, and where it was given it, else 0 [items][labels]. */
  readonly targets: Uint8Array;
  readonly decisions: Uint8Array;
  /** Larger is surer [items][labels]. */
  readonly scores: Float32Array;
}

export interface ComparedRun {
  readonly report: RunReport;
  readonly title: string;
  readonly role: 'plain' | 'run';
  /** null where it kept none, or others than its scores are of. */
  readonly items: TestItems | null;
  /** With several labels an item, likewise. */
  readonly labels: TestLabels | null;
  readonly curves: RunCurves;
}

/** Runs of one config, one a seed, in the order of their seeds. */
export interface RunGroup {
  /** A letter that stands for it in tables and charts. */
  readonly key: string;
  readonly title: string;
  readonly role: 'plain' | 'run';
  readonly runs: readonly [ComparedRun, ...ComparedRun[]];
}

/** Of a share, in shares: .1 is ten points. */
export interface Difference {
  readonly value: number;
  /** 95 %; null where there are no items to pair, or too few to say. */
  readonly interval: Interval | null;
  /** Over the seeds; null for one. */
  readonly deviation: number | null;
}

export interface ClassDifference {
  readonly name: string;
  readonly band: Band | null;
  readonly trainCount: number;
  /** Test items of the class that both were scored on: of the first pair. */
  readonly testCount: number;
  /** Recalls, of labels average precisions, means over the pairs; null for one without test items. */
  readonly before: number | null;
  readonly after: number | null;
  /** Items right, where one pair is compared. */
  readonly counts: { readonly before: number; readonly after: number } | null;
  /** Wilson's intervals of the two recalls where items are too few for one of their difference. */
  readonly few: { readonly before: Interval; readonly after: Interval } | null;
  readonly difference: Difference | null;
  /**
   * Exact McNemar of one pair; of several from their interval; of labels from the spread of the
   * bootstrap. null without items to pair, and for a label of few.
   */
  readonly p: number | null;
  /** Whether it is a finding at a false discovery rate of 5 % over all classes. */
  readonly found: boolean;
}

/** What the intervals of a comparison hold. */
export type Covers = 'items' | 'seeds' | 'seeds-one' | 'nothing';

/** One group less the reference, on the same test items. */
export interface GroupDifference {
  readonly pairs: number;
  readonly covers: Covers;
  /** Items both were scored on, of the first pair, and how many each had. */
  readonly items: { readonly common: number; readonly own: number; readonly other: number };
  /** The main score: balanced accuracy, of several labels mean average precision. */
  readonly balanced: Difference | null;
  /** Of several labels the share of items of which all are right. */
  readonly accuracy: Difference | null;
  /** Of several labels alone. */
  readonly macroF1: Difference | null;
  /** Exact McNemar on all items; null for several pairs, and without items. */
  readonly accuracyP: number | null;
  readonly bands: Readonly<Record<Band, Difference | null>>;
  /** By falling training count. */
  readonly classes: readonly ClassDifference[];
}

export interface Compared {
  readonly group: RunGroup;
  /** Or why the two cannot be compared. */
  readonly difference: GroupDifference | Message;
}

/** Groups side by side, each less the reference. */
export interface RunComparison {
  readonly groups: readonly RunGroup[];
  readonly reference: RunGroup;
  /** Every group but the reference. */
  readonly compared: readonly Compared[];
}
