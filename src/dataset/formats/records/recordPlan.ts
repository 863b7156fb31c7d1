import { knownSplit } from '../../splitNames';
import type { AreaClass, FormatOptions, Modality, Task } from '../../types';
import { extensionOf, isImageName } from '../folders';
import { findLabel, labelsIn } from './labelRule';
import type { LabelRule } from './labelRule';
import { boxArea } from './areas';
import { tripleLabels } from './spans';
import { isList, valuesAt } from './values';

const pathNames =
  'filename imagepath filepath path file image img imagefile imagename audio audiopath'.split(' ');
const splitNames = 'split set subset partition phase fold'.split(' ');
const soundExtensions: ReadonlySet<string> = new Set('wav flac mp3 ogg opus m4a'.split(' '));

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
const isSound = (name: string): boolean => soundExtensions.has(extensionOf(name));

/** How records are read: which key is what. */
export interface RecordPlan {
  readonly keys: readonly string[];
  readonly label: LabelRule | null;
  readonly path: string | null;
  /** Some of the files named. */
  readonly paths: readonly string[];
  readonly split: string | null;
  /** Prodigy's key for what its annotator said of a record: labels count where it is "accept". */
  readonly answer: string | null;
  /** Keys with one number or text: what a model is given where there are no files. */
  readonly features: readonly string[];
  readonly modality: Modality;
}

const isScalar = (value: unknown): boolean =>
  ['string', 'number', 'boolean', 'bigint'].includes(typeof value);

const isProse = (values: readonly unknown[]): boolean =>
  values.filter((value) => typeof value === 'string' && value.includes(' ') && value.length > 20)
    .length >
  values.length / 2;

/** What the keys of a dataset's first records are for; what the user named wins. */
export const planRecords = (
  records: readonly Readonly<Record<string, unknown>>[],
  options: FormatOptions,
): RecordPlan => {
  const keys = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const values = (key: string): readonly unknown[] =>
    records.flatMap((record) =>
      Object.hasOwn(record, key) && record[key] !== null ? [record[key]] : [],
    );
  const scalar = keys.filter((key) => values(key).length > 0 && values(key).every(isScalar));
  const all = (key: string, has: (text: string) => boolean): boolean =>
    scalar.includes(key) &&
    values(key).every((value) => typeof value === 'string' && has(value.trim()));
  const named = (key: string | undefined): string | undefined =>
    keys.find((each) => each === key) ?? keys.find((each) => plain(each) === plain(key ?? ''));
  const files = keys
    .filter((key) => pathNames.includes(plain(key)))
    .sort((a, b) => pathNames.indexOf(plain(a)) - pathNames.indexOf(plain(b)));
  const path =
    named(options.pathColumn) ??
    files.find((key) => all(key, (text) => isImageName(text) || isSound(text))) ??
    null;
  const split =
    named(options.splitColumn) ??
    keys.find(
      (key) => splitNames.includes(plain(key)) && all(key, (text) => knownSplit(text) !== null),
    ) ??
    null;
  const answer =
    keys.find(
      (key) => key === 'answer' && all(key, (text) => /^(?:accept|reject|ignore)$/.test(text)),
    ) ?? null;
  const taken = new Set([path, split, answer].filter((key) => key !== null));
  const label = findLabel(records, options.labelColumn, taken);
  const features = scalar.filter((key) => !taken.has(key) && key !== label?.path[0]);
  const rest = features.some((key) => isProse(values(key)))
    ? 'text'
    : features.length > 0
      ? 'tabular'
      : 'none';
  const isAudio = path !== null && values(path).some((value) => isSound(String(value)));
  const modality = path === null ? rest : isAudio ? 'audio' : 'image';
  const paths = path === null ? [] : values(path).filter((value) => typeof value === 'string');
  return { keys, label, path, paths: paths.slice(0, 24), split, answer, features, modality };
};

/** The task that a label rule stands for. */
export const taskOf = (label: LabelRule | null): Task =>
  label?.kind === 'objects'
    ? 'detection'
    : label?.kind === 'spans'
      ? 'sequence'
      : label?.kind === 'several'
        ? 'multi-label'
        : 'single-label';

export interface RecordLabels {
  readonly names: readonly string[];
  readonly areas?: readonly AreaClass[];
}

/**
 * Labels of a record, given the value of the first key of its label's path: every object's in
 * order, else each once. `names` are those of numbered classes. Missing labels are left out.
 */
export const recordLabels = (
  value: unknown,
  rule: LabelRule,
  names?: readonly string[],
): RecordLabels => {
  if (rule.areTriples === true)
    return { names: tripleLabels(value, rule.path.slice(1)).filter((name) => name !== '') };
  const found = valuesAt(value, rule.path, 1).map((each) => labelsIn(each, names));
  if (rule.kind === 'spans') return { names: found.flat().filter((name) => name !== '') };
  if (rule.kind !== 'objects' || rule.boxes === undefined)
    return { names: [...new Set(found.flat())].filter((name) => name !== '') };
  const boxes = boxesAt(value, rule.boxes, 1);
  const objects = found.flatMap((labels, at) =>
    labels.flatMap((name) => (name === '' ? [] : [{ name, area: boxArea(boxes[at]) }])),
  );
  return { names: objects.map(({ name }) => name), areas: objects.map(({ area }) => area) };
};

/** Boxes at a path: lists of four numbers, not taken apart. */
const boxesAt = (value: unknown, path: readonly string[], at: number): readonly unknown[] => {
  if (!isList(value)) {
    const key = path[at];
    if (key === undefined || typeof value !== 'object' || value === null) return [];
    const inner: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
    return boxesAt(inner, path, at + 1);
  }
  if (at === path.length && value.length === 4 && !value.some(isList)) return [value];
  return [...value].flatMap((item) => boxesAt(item, path, at));
};
