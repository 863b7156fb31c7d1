/** What a snippet corrects the balance with. */
export const snippetParts = ['class-weights', 'sampler', 'logit-adjusted-loss'] as const;
export type SnippetPart = (typeof snippetParts)[number];

/** Everything a snippet is made of; from a profile, or from labels alone. */
export interface SnippetCounts {
  /** Base name of the dataset, shown in the first comment. */
  readonly dataset: string;
  readonly fingerprint: string;
  readonly split: string;
  readonly classes: readonly { readonly name: string; readonly count: number }[];
}

/** Frameworks that code can be copied for, in the order they are offered. */
export const frameworks = ['pytorch', 'keras'] as const;
export type Framework = (typeof frameworks)[number];

/** A framework that code can be copied for: one file, one row in the table. */
export interface SnippetExporter {
  readonly framework: Framework;
  /** Ending of a file that holds such a snippet, with the dot. */
  readonly extension: string;
  /** Import lines and the body of each part; the shared head (counts, mapping) stands before it. */
  readonly imports: Readonly<Record<SnippetPart, readonly string[]>>;
  part(part: SnippetPart, counts: SnippetCounts): string;
}
