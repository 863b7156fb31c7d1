import { knownSplit } from '../../splitNames';

/** Where in the names of files the class is. */
export type NamePlan =
  /** What stands before the number at the end: "cat" of "cat.12", "red_fox" of "red_fox_3". */
  | { readonly kind: 'prefix' }
  /** One of the parts, counted from 1: "0" of "0_jackson_12". */
  | { readonly kind: 'part'; readonly part: number; readonly separator: string };

const enough = 0.9;
const maxClasses = 1000;
const maxLength = 60;
const fewestOfOne = 3;
const separators = ['_', '-', '.', ' '];

/** What cameras and tools put before a number: never a class. */
const generic: ReadonlySet<string> = new Set(
  'img image images dsc dscn dscf pxl mvi vid video pic picture photo frame screenshot scan page file sample item p crop patch tile slice rec recording audio sound track clip untitled new copy coco wp gopr dji'.split(
    ' ',
  ),
);

/** A name without its last ending. */
export const stemOf = (name: string): string => name.replace(/\.[^.]*$/, '');

const prefixOf = (stem: string): string | null => {
  const digits = /\(?\d+\)?$/.exec(stem.slice(-24))?.[0] ?? '';
  const before = digits === '' ? '' : stem.slice(0, stem.length - digits.length);
  const last = before.at(-1) ?? '';
  if (!separators.includes(last)) return null;
  const name = before.replace(/[-_.\s]{1,8}$/, '');
  return name === '' || name.length > maxLength ? null : name;
};

/** Whether a name is none of a class: what tools write, a split, a date. */
const isGeneric = (name: string): boolean => {
  const words = name
    .toLowerCase()
    .split(/[-_.\s]+/)
    .map((word) => word.replace(/\d+$/, ''));
  const worded = words.filter((word) => word !== '');
  return (
    generic.has(words.at(-1) ?? '') ||
    (worded.length > 0 && worded.every((word) => generic.has(word))) ||
    knownSplit(name) !== null ||
    /^(?:19|20)\d{2}(?:[-_.]?\d{2})*$/.test(name)
  );
};

/** The class that a name without its ending says; null for none. */
export const classOfStem = (stem: string, plan: NamePlan): string | null => {
  if (plan.kind === 'prefix') {
    const before = prefixOf(stem);
    return before === null || isGeneric(before) ? null : before;
  }
  const name = (stem.split(plan.separator)[plan.part - 1] ?? '').trim();
  return name === '' || name.length > maxLength ? null : name;
};

/** The separator that parts the most names, and into how many parts it parts them mostly. */
export const partsOf = (
  stems: readonly string[],
): { readonly separator: string; readonly parts: number; readonly share: number } => {
  let best = { separator: '_', parts: 1, share: 0 };
  for (const separator of separators) {
    const counts = new Map<number, number>();
    for (const stem of stems) {
      const parts = stem.split(separator).length;
      if (parts > 1) counts.set(parts, (counts.get(parts) ?? 0) + 1);
    }
    for (const [parts, count] of counts)
      if (count / stems.length > best.share)
        best = { separator, parts, share: count / stems.length };
  }
  return best;
};

const distinct = (values: readonly string[]): number => new Set(values).size;

/**
 * Whether the first part and those behind it vary on their own, as the digit and the speaker of
 * "0_jackson_12" do; the words of a class's name ("red_fox_3") mostly come together.
 */
const isCrossed = (stems: readonly string[], separator: string): boolean => {
  const parted = stems.map((stem) => stem.split(separator).slice(0, -1));
  const first = distinct(parted.map(([part = '']) => part));
  const rest = distinct(parted.map((parts) => parts.slice(1).join(separator)));
  const both = distinct(parted.map((parts) => parts.join(separator)));
  return first > 1 && rest > 1 && both > Math.max(first, rest) && both >= (first * rest) / 2;
};

/** Whether classes are few and repeated. */
const areClasses = (names: readonly string[]): boolean => {
  const classes = distinct(names);
  return classes > 1 && classes <= maxClasses && names.length >= classes * fewestOfOne;
};

/** Where names say their class; null where they do not surely. */
export const planNames = (stems: readonly string[]): NamePlan | null => {
  const numbered = stems.filter((stem) => prefixOf(stem) !== null);
  if (numbered.length === 0 || numbered.length < stems.length * enough) return null;
  // Numbers alone are dates, ids or sizes as likely as classes.
  const worded = numbered.filter((stem) => /\p{L}{2}|^\p{L}(?=[-_.\s])/u.test(stem));
  if (worded.length < numbered.length * enough) return null;
  const { separator, parts, share } = partsOf(numbered);
  const isParted = parts > 2 && share >= enough && isCrossed(numbered, separator);
  const plan: NamePlan = isParted ? { kind: 'part', part: 1, separator } : { kind: 'prefix' };
  const names = numbered.flatMap((stem) => classOfStem(stem, plan) ?? []);
  const isMost = names.filter((name) => !isGeneric(name)).length >= stems.length * enough;
  return isMost && areClasses(names) ? plan : null;
};
