import type { ByteTable } from './bytes/byteTable';
import type { PackedNames } from './packedNames';
import type { Issue } from '../common/errors';

export type Task = 'single-label' | 'multi-label' | 'detection' | 'segmentation' | 'sequence';
export type Modality = 'image' | 'tabular' | 'text' | 'audio' | 'none';

/** Names in a folder by what they are, each list in the order of code units. */
export interface FolderNames {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  /** Links, whatever they lead to. */
  readonly links: readonly string[];
}

export interface FileStat {
  readonly kind: 'file' | 'folder' | 'other';
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
}

/** An open file, read by range. */
export interface OpenFile {
  readonly size: number;
  /** Its state when it was opened, where the source knows it without asking again. */
  readonly stat?: FileStat;
  /** Bytes [offset, offset + length), shorter at the end of the file. */
  read(offset: number, length: number): Uint8Array;
  /** Fills `into` from the offset on, where the source can; bytes read, fewer at the end of the file. */
  readonly readInto?: (offset: number, into: Uint8Array) => number;
  close(): void;
}

/**
 * The port to the disk. Synchronous, and used only inside the scan worker and the trainer: paths
 * use '/' and are absolute. Errors of the system are thrown as they come; formats turn them into issues.
 */
export interface FileSource {
  list(path: string): FolderNames;
  stat(path: string): FileStat;
  open(path: string): OpenFile;
  readText(path: string, maxBytes?: number): string;
  /** The path with every link followed: two names of one folder become equal. */
  realPath(path: string): string;
  /** Outputs of a task in the order of its inputs, where others help with it: see `inOrder`. */
  readonly inOrder?: <Input, Output>(
    task: FileTask<Input, Output>,
    inputs: Iterable<Input>,
  ) => Iterable<Output>;
}

/**
 * Reading that depends on its input and the disk alone, so that another thread may do it ahead of its
 * turn. Input and output are data that threads can hand over. What the disk refuses is part of the
 * output; what is thrown ends the scan.
 */
export interface FileTask<Input, Output> {
  readonly id: string;
  run(source: FileSource, input: Input): Output;
  isOutput(value: unknown): value is Output;
}

/** What the user named instead of leaving it to detection. */
export interface FormatOptions {
  readonly format?: string;
  /** Column, key, feature or question that holds the label, where a format has several. */
  readonly labelColumn?: string;
  readonly pathColumn?: string;
  readonly splitColumn?: string;
  /** Absolute path of lists that say which split samples belong to, instead of the dataset. */
  readonly splitLists?: string;
  readonly delimiter?: string;
  /** Nested class folders: how many levels make the class's name, 1 unless said. */
  readonly depth?: number;
}

/**
 * Size of a labelled object by its area in pixels, COCO's limits: below 32², below 96², larger.
 * 0 where the area is not known in pixels.
 */
export type AreaClass = 0 | 1 | 2 | 3;

/** One format's opinion about a path. */
export interface FormatCandidate {
  readonly format: string;
  /** 0 … 1. An image folder matches nearly everything, so it ranks low. */
  readonly confidence: number;
  /** Why, as codes with numbers: shown when two candidates are close. */
  readonly evidence: readonly Issue[];
}

/** Where a sample is: file `container` (index into `containers`), then a place inside it. */
export interface SampleLocator {
  /** Path relative to the dataset root, or to the folder the root lies in when the root is a file. */
  readonly path: string;
  /** Row, record or byte offset inside the file; 0 when the file is the sample. */
  readonly offset: number;
  /** Bytes, or 0 when the whole file. */
  readonly length: number;
}

/** Rows of one container with a label each, or none; arrays of one length. */
export interface RowBatch {
  readonly container: number;
  /** Class ids, -1 for no label. */
  readonly labels: Int32Array;
  readonly splits: Uint8Array;
  readonly offsets: Float64Array;
  readonly lengths: Uint32Array;
  readonly digests: Int32Array;
}

/** What the format writes while it reads. Cheap: no object per sample is kept. */
export interface IndexSink {
  /** Id of a class by name, made when new. Class order is the order of first use until `sortClasses`. */
  classId(name: string): number;
  /** The classes so far, by id. */
  classNames(): readonly string[];
  splitId(name: string): number;
  /** Id of a container (a file, or a folder for files of one class). */
  container(path: string): number;
  /**
   * labels empty = unlabelled. `name` is the file name inside a folder container, '' otherwise.
   * `digest` is a 32-bit hash of the sample's content where the format has read it anyway (a row).
   * `areas` has the area class of every label, for objects; repeated labels are several objects.
   */
  sample(
    labels: readonly number[],
    split: number,
    container: number,
    name: string,
    offset: number,
    length: number,
    digest?: number,
    areas?: readonly AreaClass[],
  ): void;
  /** The first `count` rows of a batch: as `sample` of each, at a fraction of its cost. */
  rows(batch: RowBatch, count: number): void;
  /** Whole files of one folder with the same labels, a few thousand at most: as `sample` of each. */
  files(labels: readonly number[], split: number, container: number, names: PackedNames): void;
  issue(issue: Issue): void;
  /** Reports progress at a bounded rate; throws CancelledError when the owner cancelled. */
  tick(samples: number): void;
  /** How much of the work is done, 0 … 1: kept as `partial.share` when a limit ends the scan. */
  share(done: number): void;
  describe(facts: { task: Task; modality: Modality; classNames?: readonly string[] }): void;
}

/** A sample for the trainer. */
export type Sample =
  | { readonly kind: 'encoded-image'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'pixels';
      readonly width: number;
      readonly height: number;
      readonly channels: 1 | 3;
      readonly data: Uint8Array;
    }
  /** Feature columns by name; the label and split columns are left out. */
  | { readonly kind: 'row'; readonly values: Readonly<Record<string, string>> };

/** Rows of tables read in one pass, without an object a row. */
export interface TableRows {
  /** Names of the feature columns: not label, split, path or row number. */
  readonly columns: readonly string[];
  /** Whether numbers may be written with a comma for the point: where no comma parts the fields. */
  readonly decimalComma: boolean;
  /**
   * Hands over the rows in the order of the index until it is told to stop by false. `cell` gives a
   * feature column's text of the row it is called for; `isWhole` is false for a row that lost
   * fields or gained some, whose cells stand in the wrong columns. `bytes` say the same without
   * making texts, where a format has them.
   */
  read(
    each: (
      row: number,
      cell: (column: number) => string,
      isWhole: boolean,
      bytes?: CellBytes,
    ) => boolean,
  ): void;
}

/** The cells of one row by feature column, as they stand in the file. */
export interface CellBytes {
  /** What the text is as a number; NaN where only the text can tell: no plain digits with a point. */
  number(column: number): number;
  /** Number of the cell's bytes in a column's table of texts; -1 where it cannot have one. */
  find(column: number, texts: ByteTable): number;
}

/** Hands samples to the trainer. */
export interface SampleReader {
  readSample(locator: SampleLocator): Sample;
  /** Where samples are rows of tables. */
  readonly rows?: TableRows;
  close(): void;
}

/** A dataset format: one file in `formats/`, one row in its table. */
export interface DatasetFormat {
  readonly id: string;
  /** Ranks itself on this path, or null when it is certainly not this format. Reads little. */
  detect(source: FileSource, root: string, options: FormatOptions): FormatCandidate | null;
  /** Reads all labels into the sink. Never throws for bad data: issues. */
  index(source: FileSource, root: string, options: FormatOptions, sink: IndexSink): void;
  /** Opens a reader that hands samples of this dataset to the trainer. */
  openSamples(source: FileSource, root: string, options: FormatOptions): SampleReader;
}

/**
 * The index in memory: columns, typed arrays over the file's bytes, read by range. `labelStart`
 * has samples + 1 entries (CSR into `labels`).
 */
export interface DatasetIndex {
  readonly schema: 'longtail.index/1';
  readonly root: string;
  readonly format: string;
  readonly options: FormatOptions;
  readonly task: Task;
  readonly modality: Modality;
  /** Hash of class names and sorted (relative name, labels, size where known). */
  readonly fingerprint: string;
  readonly classNames: readonly string[];
  readonly splitNames: readonly string[];
  readonly samples: number;
  readonly labelStart: Uint32Array;
  readonly labels: Uint32Array;
  readonly split: Uint8Array;
  /** Area class of every entry of `labels`, where any is known. */
  readonly areas?: Uint8Array;
  locator(sample: number): SampleLocator;
  readonly issues: readonly Issue[];
  /** Set when the scan was cut short: share of the work read, 0 … 1. */
  readonly partial?: { readonly share: number };
  readonly scanMs: number;
}

export interface ScanProgress {
  readonly samples: number;
  readonly classes: number;
  /** Share of the work done, 0 … 1, where the format can tell. */
  readonly share?: number;
}

export interface ScanOptions extends FormatOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ScanProgress) => void;
  /** Folder for the index cache; none = the user's cache. */
  readonly cacheFolder?: string;
  /** Ignore a cached index. */
  readonly fresh?: boolean;
}
