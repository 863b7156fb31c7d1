import type { Message } from '../common/errors';

/** How much a finding weighs: an error fails the check. */
export type FindingLevel = 'error' | 'warning' | 'note';

/** Samples a class has to have, and may have at most. */
export interface ClassLimits {
  readonly min?: number;
  readonly max?: number;
}

/** Limits on the counts of one split. */
export interface ScopeLimits {
  /** Largest ratio of the largest class to any other. */
  readonly maxImbalance?: number;
  /** Smallest count of every class that has no limit of its own. */
  readonly minClass?: number;
  /** By the names of the profile's metrics. */
  readonly max: ReadonlyMap<string, number>;
  readonly min: ReadonlyMap<string, number>;
  readonly classes: ReadonlyMap<string, ClassLimits>;
}

/** What may change since the baseline; `ignore` says nothing. */
export interface BaselineLimits {
  /** Share of its samples that a class or a split may lose. */
  readonly maxDrop: number;
  readonly gone: FindingLevel | 'ignore';
  readonly added: FindingLevel | 'ignore';
  readonly splits: FindingLevel | 'ignore';
}

/** Limits on the profiled split, on further splits by name, and on changes. */
export interface Limits extends ScopeLimits {
  readonly splits: ReadonlyMap<string, ScopeLimits>;
  readonly baseline: BaselineLimits;
}

/**
 * The counts of a profile without its folder and issues (`longtail.baseline/1`): a file to keep
 * beside the code and to compare later states with.
 */
export interface Baseline {
  readonly schema: 'longtail.baseline/1';
  readonly fingerprint: string;
  readonly task: string;
  readonly profiledSplit: string;
  readonly splits: readonly {
    readonly name: string;
    readonly samples: number;
    readonly labels: number;
  }[];
  /** Counts of a class in the order of `splits`. */
  readonly classes: readonly { readonly name: string; readonly counts: readonly number[] }[];
  readonly metrics: Readonly<Record<string, number | null>>;
}

/** Where to look: a file or folder, relative to the repository where it lies in one. */
export interface FindingPlace {
  readonly path: string;
  readonly line?: number;
}

/** A limit that is broken, or a change worth a word. The code is the rule's name. */
export interface Finding extends Message {
  readonly level: FindingLevel;
  readonly class?: string;
  /** The split it is about, where that is not the profiled one. */
  readonly split?: string;
  readonly metric?: string;
  /** In the baseline, where one was compared. */
  readonly before?: number;
  /** null for what has no value: a ratio with an empty class. */
  readonly now: number | null;
  readonly limit?: number;
  readonly place?: FindingPlace;
}

/** A number of the profile, beside that of the baseline. */
export interface ComparedNumber {
  readonly name: string;
  readonly before: number | null;
  readonly now: number | null;
}

/** What a check found (`longtail.check/1`). */
export interface CheckReport {
  readonly schema: 'longtail.check/1';
  readonly dataset: {
    readonly root: string;
    readonly format: string;
    readonly fingerprint: string;
  };
  readonly profiledSplit: string;
  /** No finding is an error. */
  readonly passed: boolean;
  readonly classes: number;
  /** How many limits were looked at. */
  readonly limits: number;
  /** The state compared with, by its fingerprint; null where none was named. */
  readonly baseline: { readonly fingerprint: string } | null;
  readonly numbers: readonly ComparedNumber[];
  /** Errors first, the smallest counts first among them. */
  readonly findings: readonly Finding[];
}
