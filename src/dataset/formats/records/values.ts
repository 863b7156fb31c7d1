/** Whether a value is a record: no list, no bytes, not null. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !ArrayBuffer.isView(value);

/** The entries of a record; none for anything else. */
export const entriesOf = (value: unknown): ReadonlyMap<string, unknown> =>
  isRecord(value) ? new Map(Object.entries(value)) : new Map();

/** Whether a value is a list: an array, or numbers in a typed one. */
export const isList = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

/** Values at a path, through lists; missing ones are left out. */
export const valuesAt = (value: unknown, path: readonly string[], at = 0): readonly unknown[] => {
  if (isList(value)) return [...value].flatMap((item: unknown) => valuesAt(item, path, at));
  const key = path[at];
  if (key === undefined) return value === null || value === undefined ? [] : [value];
  return isRecord(value) && Object.hasOwn(value, key) ? valuesAt(value[key], path, at + 1) : [];
};
