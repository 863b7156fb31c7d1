import type { Issue, Message } from '../../common/errors';
import type { FileSource, FormatOptions } from '../types';

/** A piece of a file in lines and columns from 0; the end is exclusive. */
export interface Span {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A change of a label file. Only ever made when the user accepts it. */
export interface LabelFix {
  readonly title: Message;
  readonly edits: readonly { readonly span: Span; readonly text: string }[];
}

/** Something odd at a place of a label file. */
export interface FileProblem {
  readonly severity: Issue['severity'];
  readonly message: Message;
  readonly span: Span;
  readonly fixes: readonly LabelFix[];
}

/** What the last scan says of the classes. */
export interface LabelFacts {
  readonly classes: readonly {
    readonly name: string;
    readonly count: number;
    readonly splits: Readonly<Record<string, number>>;
  }[];
}

export interface LabelQuestion {
  readonly source: FileSource;
  /** The dataset as it was scanned. */
  readonly root: string;
  readonly options: FormatOptions;
  readonly facts: LabelFacts;
}

/** Problems by the absolute path of their file. */
export type FileProblems = ReadonlyMap<string, readonly FileProblem[]>;

/** Finds the problems in the label files of one format. */
export type CheckLabelFiles = (
  question: LabelQuestion,
  read: (path: string) => Buffer | null,
) => FileProblems;
