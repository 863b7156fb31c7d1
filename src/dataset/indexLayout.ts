import type { Issue } from '../common/errors';
import type { FormatOptions, Modality, Task } from './types';

/**
 * Format of the file, not of the artefact: raised when the layout below changes, and when a format
 * reads something differently, so that no index of an older version is taken for current.
 */
export const layoutVersion = 6;
/** Ends the file, before the length of the header as a word, and a word of zero. */
export const magic = 'LTINDEX2';
export const trailerBytes = 16;

/** Where a column of equal or evenly rising numbers begins, and by how much it rises an entry. */
export interface EvenColumn {
  readonly first: number;
  readonly step: number;
}

/** Where a column is in the file. */
export interface ColumnPlace {
  /** Of all chunks together. */
  readonly bytes: number;
  /** Start and length of each chunk, one after the other. */
  readonly chunks: readonly number[];
  /** Set where the numbers rise evenly: then there are no bytes. */
  readonly even?: EvenColumn;
}

export interface IndexHeader {
  readonly schema: 'longtail.index/1';
  readonly layout: number;
  readonly root: string;
  readonly format: string;
  readonly options: FormatOptions;
  readonly task: Task;
  readonly modality: Modality;
  readonly fingerprint: string;
  readonly classNames: readonly string[];
  readonly splitNames: readonly string[];
  readonly samples: number;
  readonly issues: readonly Issue[];
  readonly partial?: { readonly share: number };
  /** When the scan began, ms since the epoch. */
  readonly startedMs: number;
  readonly scanMs: number;
  readonly columns: Readonly<Record<string, ColumnPlace>>;
}

/** What the scan knows beside the builder's columns. */
export interface ScanFacts {
  readonly root: string;
  readonly format: string;
  readonly options: FormatOptions;
  readonly partial?: { readonly share: number };
  /** When the scan began, ms since the epoch. */
  readonly startedMs: number;
  readonly scanMs: number;
}

/** Bytes that bring a length to the next multiple of 8. */
export const padTo8 = (bytes: number): number => (8 - (bytes % 8)) % 8;
