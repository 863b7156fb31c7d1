/** Something to do with a finished model; a child does one and ends. */
export type ModelJob =
  | {
      readonly kind: 'predict';
      /** Folder of a finished run or of an exported model. */
      readonly model: string;
      /** Where the baseline of a run may lie. */
      readonly storeFolder: string;
      /** A picture, or a folder of them. */
      readonly path: string;
      /** Classes to name of each picture, the most probable first. */
      readonly top: number;
      /** Pictures that go through the network together. */
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

/** What a model says of one picture, or why it says nothing. */
export type PredictedItem = { readonly path: string } & (
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
      /** Pictures that will be looked at. */
      readonly total: number;
    }
  /** The next few, in order. The child waits for `model/more` before it sends others. */
  | { readonly kind: 'model/items'; readonly items: readonly PredictedItem[] }
  /** Files that were written, absolute. */
  | { readonly kind: 'model/written'; readonly paths: readonly string[] }
  | { readonly kind: 'model/done' };
