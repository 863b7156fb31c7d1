/** Something to do with a finished model; a child does one and ends. */
export type ModelJob =
  | {
      readonly kind: 'predict';
      /** Folder of a finished run or of an exported model. */
      readonly model: string;
      /** Where the baseline of a run may lie. */
      readonly storeFolder: string;
      /** A picture, a folder of them, or a file of rows or texts: what the model takes. */
      readonly path: string;
      /** Classes to name of each item, the most probable first. */
      readonly top: number;
      /** Items that go through the network together. */
      readonly batch: number;
    }
  | {
      readonly kind: 'export';
      readonly model: string;
      readonly storeFolder: string;
      /** Folder to write into; absolute. */
      readonly out: string;
    };

/** A class with its probability. */
export interface Guess {
  readonly name: string;
  readonly probability: number;
  /** With several labels an item: whether it is given. */
  readonly given?: boolean;
}

/** What is predicted. */
export type ItemKind = 'pictures' | 'rows' | 'texts';

/** What a model says of one picture, row or text, or why it says nothing. */
export type PredictedItem = {
  readonly path: string;
  /** Number of a row of the file, from 1. */
  readonly row?: number;
} & (
  | {
      readonly guesses: readonly Guess[];
      /** The class that a folder around the picture names; null where none does. */
      readonly folder: string | null;
    }
  | { readonly unreadable: string }
);

/** Child → parent, while it works on such a job. */
export type FromModelJob =
  | {
      readonly kind: 'model/opened';
      readonly title: string;
      readonly classes: readonly string[];
      readonly severalLabels: boolean;
      readonly items: ItemKind;
      /** How many will be looked at. */
      readonly total: number;
    }
  /** The next few, in order. The child waits for `model/more` before it sends others. */
  | { readonly kind: 'model/items'; readonly items: readonly PredictedItem[] }
  /** Files that were written, absolute. */
  | { readonly kind: 'model/written'; readonly paths: readonly string[] }
  | { readonly kind: 'model/done' };
