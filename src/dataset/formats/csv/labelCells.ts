import { isMissing } from './roles';

/** How a cell of the label column is read. */
export type CellKind =
  /** One label. */
  | { readonly kind: 'single'; readonly wholeFloats: boolean }
  /** Several labels with a character between them ("cat|dog"). */
  | { readonly kind: 'separated'; readonly separator: string }
  /** A list as JSON or Python writes it: ["cat", "dog"]. */
  | { readonly kind: 'list' };

const isList = (value: string): boolean => value.startsWith('[') && value.endsWith(']');

const splitBy = (value: string, separator: string): string[] =>
  value
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/**
 * Whether a character separates labels: some cells have it, its parts are met in other cells
 * again, and there are fewer different parts than different cells.
 */
const separates = (values: readonly string[], separator: string): boolean => {
  const several = values.filter((value) => splitBy(value, separator).length > 1);
  if (several.length < Math.max(1, values.length * 0.01)) return false;
  const cells = new Set(values);
  const parts = new Map<string, number>();
  for (const cell of cells)
    for (const part of splitBy(cell, separator)) parts.set(part, (parts.get(part) ?? 0) + 1);
  const again = [...parts.values()].filter((count) => count > 1).length;
  return parts.size < cells.size && again >= parts.size / 2;
};

/** How the label cells of a table are written, from its first rows. */
export const cellKind = (values: readonly string[]): CellKind => {
  if (values.length > 0 && values.filter(isList).length > values.length * 0.9)
    return { kind: 'list' };
  const isIds = values.every((value) => /^\d+(?: +\d+)*$/.test(value));
  const separators = ['|', ';', ',', ...(isIds ? [' '] : [])];
  const separator = separators.find((candidate) => separates(values, candidate));
  if (separator !== undefined) return { kind: 'separated', separator };
  const wholeFloats = values.length > 0 && values.every((value) => /^[+-]?\d+\.0+$/.test(value));
  return { kind: 'single', wholeFloats };
};

const listItems = (value: string): string[] =>
  [...value.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s,'"]+)/g)].map(
    (match) => (match[1] ?? match[2] ?? match[3] ?? '').trim(),
  );

/** The labels of a cell; none for a missing value. Each label once. */
export const labelsOf = (cell: string, kind: CellKind): readonly string[] => {
  const text = cell.trim();
  if (isMissing(text)) return [];
  if (kind.kind === 'single') return [kind.wholeFloats ? text.replace(/\.0+$/, '') : text];
  const parts =
    kind.kind === 'separated'
      ? splitBy(text, kind.separator)
      : isList(text)
        ? listItems(text)
        : [text];
  return [...new Set(parts.filter((part) => !isMissing(part)))];
};
