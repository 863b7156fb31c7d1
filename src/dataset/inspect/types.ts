/** Called now and then with how much of a step is done; throws CancelledError to end it. */
export type StepTick = (done: number, total: number) => void;

/** Where a sample is, in words a person can follow. */
export interface SamplePlace {
  /** File, relative to the dataset's folder. */
  readonly path: string;
  /** Name inside an archive. */
  readonly member?: string;
  /** Row of a columnar file, from 0. */
  readonly row?: number;
  /** Line of a text file, from 1. */
  readonly line?: number;
  /** Bytes inside a file of many samples. */
  readonly bytes?: { readonly offset: number; readonly length: number };
  readonly split: string;
  /** Class names, each once. */
  readonly labels: readonly string[];
}

/** A picture to show: the file as it is, or pixels row by row, channels side by side. */
export type SamplePicture =
  | { readonly kind: 'file'; readonly type: string; readonly bytes: Uint8Array }
  | {
      readonly kind: 'pixels';
      readonly width: number;
      readonly height: number;
      readonly channels: number;
      readonly data: Uint8Array;
    };

/** Samples of one content. */
export interface RepeatGroup {
  readonly count: number;
  readonly overSplits: boolean;
  readonly overLabels: boolean;
  /** The first few. */
  readonly places: readonly SamplePlace[];
}

/** How many samples of one split are also in another: what leaks between them. */
export interface SplitOverlap {
  readonly from: string;
  readonly to: string;
  /** Samples of `to` whose content is in `from` too. */
  readonly samples: number;
  /** All samples of `to`. */
  readonly of: number;
}

/** Samples of the same bytes. */
export interface Repeats {
  /** Samples that were compared. */
  readonly compared: number;
  /** Samples that could not be read, or are empty. */
  readonly unread: number;
  /** Groups of at least two samples of one content, and the samples in them. */
  readonly groupCount: number;
  readonly repeated: number;
  /** Pairs of one content whose members are in different splits, or have different labels. */
  readonly pairsOverSplits: number;
  readonly pairsOverLabels: number;
  /** Training and test first; only overlaps that there are. */
  readonly overlaps: readonly SplitOverlap[];
  /** The first groups, those over splits before those over labels before the rest. */
  readonly groups: readonly RepeatGroup[];
}

/** Two samples that look the same and are not the same bytes. */
export interface NearPair {
  /** Bits of 64 in which their hashes differ. */
  readonly bits: number;
  readonly overSplits: boolean;
  readonly overLabels: boolean;
  readonly places: readonly SamplePlace[];
}

/** Pictures that look the same, by decoding all of them. Samples of the same bytes are no pair. */
export interface NearTwins {
  /** Bits of 64 in which the hashes of a pair may differ. */
  readonly radius: number;
  /** Pictures that were compared. */
  readonly compared: number;
  /** Pictures of one colour: they have nothing to compare, and are no group of twins. */
  readonly flat: number;
  /** Pictures that no decoder reads to their end: damaged, empty or missing. */
  readonly undecodable: number;
  /** Of kinds that are not decoded, and beyond the number that is looked at. */
  readonly otherKinds: number;
  readonly beyond: number;
  /** Samples with a twin. */
  readonly samples: number;
  readonly pairs: number;
  readonly pairsOverSplits: number;
  readonly pairsOverLabels: number;
  readonly overlaps: readonly SplitOverlap[];
  /** The closest of them, those over splits before those over labels before the rest. */
  readonly listed: readonly NearPair[];
  /** The first undecodable ones, and the first of one colour. */
  readonly undecodablePlaces: readonly SamplePlace[];
  readonly flatPlaces: readonly SamplePlace[];
}

/** The values of a measure over samples. */
export interface Spread {
  readonly count: number;
  readonly min: number;
  /** Percentiles by nearest rank. */
  readonly p5: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
}

/** What the heads of the samples say. */
export interface MediaFacts {
  /** Files of no bytes; files missing, or whose head is not that of their kind. All are counted. */
  readonly empty: number;
  readonly unreadable: number;
  /** Files of kinds whose heads are not read (MP3, for instance). */
  readonly unknown: number;
  /** The first of the empty and unreadable ones. */
  readonly examples: readonly SamplePlace[];
  /** Pixels; null where no picture was measured. */
  readonly width: Spread | null;
  readonly height: Spread | null;
  /** Of WAV, FLAC and Ogg files; null where none was measured. */
  readonly seconds: Spread | null;
}

/** What looking into the samples of a dataset found. */
export interface Inspection {
  readonly schema: 'longtail.inspection/1';
  readonly dataset: {
    readonly root: string;
    readonly format: string;
    readonly fingerprint: string;
  };
  readonly samples: number;
  readonly repeats: Repeats;
  readonly media: MediaFacts;
  /** Where near twins were asked for. */
  readonly near?: NearTwins;
}
