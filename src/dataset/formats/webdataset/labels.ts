/** Keys of a `.json` field that hold the class, the likeliest first. */
const likely = 'label cls class label_name class_name category species labels classes target'.split(
  ' ',
);
const maxName = 1000;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isScalar = (value: unknown): value is string | number =>
  (typeof value === 'string' && value.trim() !== '' && value.length <= maxName) ||
  (typeof value === 'number' && Number.isFinite(value));

const isLabel = (value: unknown): boolean =>
  isScalar(value) || (Array.isArray(value) && value.length > 0 && value.every(isScalar));

const under = (value: unknown, key: string): unknown =>
  isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;

/** Keys of a record that may hold a class, the likeliest first. */
export const labelKeys = (json: unknown): readonly string[] =>
  likely.filter((key) => isLabel(under(json, key)));

/** The classes a record names under a key: every one once; null where there is none. */
export const labelsUnder = (json: unknown, key: string): readonly string[] | null => {
  const value = under(json, key);
  if (isScalar(value)) return [String(value).trim()];
  if (!Array.isArray(value)) return null;
  const names = value.filter(isScalar).map((one) => String(one).trim());
  return [...new Set(names)];
};
