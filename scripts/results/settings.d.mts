/** A data set of docs/results.md with its plain config. */
export interface Setting {
  readonly id: string;
  readonly counts: readonly number[];
  /** Ids of recipes that do not apply. */
  readonly without?: readonly string[];
  config(root: string): object;
}

export const settings: readonly Setting[];
