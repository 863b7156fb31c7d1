import type { Issue } from '../common/errors';
import type { EvenColumn } from './columns';
import type { FormatOptions, Modality, Task } from './types';

/**
 * Format of the file, not of the artefact: raised when the layout below changes, and when a format
 * reads something differently, so that no index of an older version is taken for current.
 */
export const layoutVersion = 5;
export const magic = 'LTINDEX1';
export const prefixBytes = 16;

/** One column's place, in bytes after the header. */
export interface ColumnPlace {
  readonly offset: number;
  readonly bytes: number;
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
