import { readFileSync } from 'node:fs';
import type * as z from 'zod/mini';
import type { LongtailError } from '../../common/errors';

/** A JSON file by its schema; throws what `wrong` makes of the place that does not fit. */
export const readDescribed = <Schema extends z.ZodMiniType>(
  path: string,
  schema: Schema,
  wrong: (place: string) => LongtailError,
): z.infer<Schema> => {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw wrong('JSON');
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw wrong(parsed.error.issues[0]?.path.join('.') ?? '');
  return parsed.data;
};
