/** Values a sentence may name. Arrays are joined by the sentence that shows them. */
export type MessageParams = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** A thing to tell the user, before it is put into words: `words` turns it into a sentence. */
export interface Message {
  readonly code: string;
  readonly params: MessageParams;
}

/** What is wrong with an input, with the place and a code that `words` knows. */
export interface Issue extends Message {
  readonly severity: 'error' | 'warning' | 'info';
  /** File the issue is about, relative to the dataset root or absolute. */
  readonly path?: string;
  /** Line in the file, from 1. */
  readonly line?: number;
  /** How many items share the issue, when more than one. */
  readonly count?: number;
}

/**
 * An expected failure: something the user can put right. The edge (host, shell, page) shows the
 * sentence `words` has for the code; everything else thrown is a defect and shows its stack.
 */
export class LongtailError extends Error implements Message {
  constructor(
    readonly code: string,
    readonly params: MessageParams = {},
    options?: ErrorOptions,
  ) {
    super(`${code} ${JSON.stringify(params)}`, options);
    this.name = 'LongtailError';
  }
}

/** The operation was cancelled by its owner; never shown as a failure. */
export class CancelledError extends Error {
  constructor() {
    super('cancelled');
    this.name = 'CancelledError';
  }
}
