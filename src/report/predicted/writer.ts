import type { ItemKind, PredictedItem } from '../../protocol/modelJob';
import { noPredictions, tallied, type PredictionTally } from './tally';

/** How predictions are written: a line an item, behind a header or none. */
export interface PredictionFormat {
  readonly header: string | null;
  readonly line: (item: PredictedItem) => string;
}

/** What is known of predictions that are still coming. */
export interface Predicted {
  readonly kind: ItemKind;
  readonly tally: PredictionTally;
  readonly total: number;
  /** How many of them are done. */
  readonly done: number;
}

export interface PredictionWriter {
  /** Told what is predicted, and how many there are. */
  open(opened: { readonly items: ItemKind; readonly total: number }): void;
  /** Counts items; the text of those that could be read, a header before the first. */
  add(items: readonly PredictedItem[]): string;
  /** The header where no item came; else nothing. */
  end(): string;
  now(): Predicted;
}

/** Turns predictions into text as they come. */
export const predictionWriter = (
  formatOf: (items: ItemKind) => PredictionFormat,
): PredictionWriter => {
  const state = { kind: 'pictures' as ItemKind, total: 0, tally: noPredictions, lead: '' };
  const takeLead = (): string => {
    const { lead } = state;
    state.lead = '';
    return lead;
  };
  return {
    open: ({ items, total }) => {
      const { header } = formatOf(items);
      Object.assign(state, { kind: items, total, lead: header === null ? '' : `${header}\n` });
    },
    add: (items) => {
      const { line } = formatOf(state.kind);
      state.tally = items.reduce(tallied, state.tally);
      const read = items.filter((item) => !('unreadable' in item));
      return takeLead() + read.map((item) => `${line(item)}\n`).join('');
    },
    end: takeLead,
    now: () => {
      const { kind, total, tally } = state;
      return { kind, total, tally, done: tally.read + tally.unreadable };
    },
  };
};
