import { LongtailError } from '../common/errors';
import * as z from 'zod/mini';

/** A method that a stage can name: the keys it takes, and what they come to. */
export interface Method<S extends z.ZodMiniObject, T> {
  readonly schema: S;
  /** What the method does with these settings; null for the settings of another method. */
  read(config: { readonly kind: string }): T | null;
}

/** Describes a method by its keys (with `kind`) and by what its settings come to. */
export const defineMethod = <S extends z.ZodMiniObject, T>(
  schema: S,
  read: (settings: z.infer<S>) => T,
): Method<S, T> => ({
  schema,
  read: (config) => {
    const own = z.safeParse(schema, config);
    return own.success ? read(own.data) : null;
  },
});

/** What the settings of a stage come to, by the row of the table that knows their kind. */
export const readMethod = <T>(
  rows: readonly Method<z.ZodMiniObject, T>[],
  config: { readonly kind: string },
): T => {
  for (const row of rows) {
    const found = row.read(config);
    if (found !== null) return found;
  }
  throw new LongtailError('common/unexpected', { detail: config.kind });
};

/** The schemas of a table's rows, each with its own type. */
export const schemasOf = <const R extends readonly Method<z.ZodMiniObject, unknown>[]>(rows: R) =>
  rows.map((row) => row.schema) as { [K in keyof R]: R[K]['schema'] };
