/** A part of a split with the share of the samples it should get. */
export interface WantedPart {
  readonly name: string;
  /** In sum 1 over all parts. */
  readonly share: number;
}

/** What no two parts may share: files of a folder, files whose names begin alike, a column's value. */
export type GroupChoice =
  | { readonly by: 'folder' }
  /** The name up to its `parts`-th `_` or `-`. */
  | { readonly by: 'prefix'; readonly parts: number }
  | { readonly by: 'column'; readonly name: string };

export interface SplitRequest {
  readonly parts: readonly WantedPart[];
  readonly seed: number;
  readonly group?: GroupChoice;
  /** The split of the dataset that is parted; everything where it is not given. */
  readonly from?: string;
}

/** How lists are written. */
export interface ListStyle {
  /** Paths from the root of the disk instead of from the dataset's folder. */
  readonly absolute: boolean;
  /** The class's number behind the path, as ImageNet-LT's lists have it; one label a sample only. */
  readonly numbers: boolean;
}

/** A proposed split: `split.json`. */
export interface SplitSummary {
  readonly schema: 'longtail.split/1';
  readonly dataset: {
    readonly root: string;
    readonly format: string;
    readonly task: string;
    readonly fingerprint: string;
  };
  readonly seed: number;
  /** By part, the share asked for. */
  readonly shares: Readonly<Record<string, number>>;
  /** The split that was parted; null for everything. */
  readonly from: string | null;
  readonly group: GroupChoice | null;
  /** Groups that stay whole; null where there are none. */
  readonly groups: number | null;
  /** By part. */
  readonly samples: Readonly<Record<string, number>>;
  /** Samples without a label, which are in no part; those of several labels and objects are. */
  readonly unlabelled: number;
  /** By class and part: samples that have the class. */
  readonly classes: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Classes with samples that are not in every part. */
  readonly notInEach: readonly string[];
  /** Names of the files with the lists, beside this one. */
  readonly files: readonly string[];
}
