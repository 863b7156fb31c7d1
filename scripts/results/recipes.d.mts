import type { Setting } from './settings.mjs';

/** A recipe of docs/results.md: what it changes of a setting's plain config. */
export interface Recipe {
  readonly id: string;
  patch(plain: object, setting: Setting): object;
}

export const recipes: readonly Recipe[];
