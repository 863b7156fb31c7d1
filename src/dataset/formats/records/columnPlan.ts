import type { FormatOptions, Modality, Task } from '../../types';
import type { HfColumn } from './hfFeatures';

/** A column of values as a file of columns has it, nested ones with dots. */
export interface PlannedColumn {
  readonly name: string;
  readonly isRepeated: boolean;
  readonly isBinary: boolean;
  readonly isText: boolean;
  /** Numbers with fractions: measured, no label unless the user says so. */
  readonly isMeasure?: boolean;
}

/** Which columns of a file are read for what, by name. */
export interface ColumnPlan {
  readonly label: string | null;
  readonly classNames?: readonly string[];
  readonly boxes: string | null;
  readonly split: string | null;
  /** Bytes of a picture or sound, and the path of its file. */
  readonly bytes: string | null;
  readonly path: string | null;
  readonly features: readonly string[];
  readonly task: Task;
  readonly modality: Modality;
  readonly by: 'user' | 'feature' | 'name' | null;
  /** Other columns that could be the label. */
  readonly others: readonly string[];
}

const labelNames =
  'labeltext labelname label labels class classname category categoryname categories classes target targets species y diagnosis sentiment intent emotion topic tags finelabel coarselabel'.split(
    ' ',
  );
const mediaNames = 'image img picture photo pixels jpg png webp audio'.split(' ');
const boxNames = ['bbox', 'bboxes', 'box', 'boxes'];
const splitNames = 'split set subset partition fold'.split(' ');
const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
const last = (name: string): string => plain(name.slice(name.lastIndexOf('.') + 1));
const parent = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('.')));

/** Whether a column's name is one that labels have. */
export const isLabelName = (name: string): boolean => labelNames.includes(last(name));

/** Chooses columns: what the user named, then what the features declare, then names. */
export const planColumns = (
  columns: readonly PlannedColumn[],
  declared: readonly HfColumn[],
  options: FormatOptions,
): ColumnPlan => {
  const named = (name: string | undefined): PlannedColumn | undefined =>
    name === undefined
      ? undefined
      : (columns.find((each) => each.name === name) ??
        columns.find((each) => plain(each.name) === plain(name)));
  const isMedia = ({ name }: PlannedColumn): boolean => {
    const top = name.split('.')[0] ?? '';
    const feature = declared.find((each) => each.name === top);
    return feature === undefined
      ? mediaNames.includes(plain(top))
      : ['Image', 'Audio'].includes(feature.kind);
  };
  const media = columns.filter((column) => isMedia(column) && !column.isRepeated);
  const bytes = media.find((column) => column.isBinary && !column.isText);
  const path = named(options.pathColumn) ?? media.find((column) => column.isText);
  const split =
    named(options.splitColumn) ??
    columns.find(
      (each) => each.isText && !each.isRepeated && splitNames.includes(plain(each.name)),
    );
  const open = columns.filter((each) => !media.includes(each) && each !== split && each !== path);
  const classLabels = declared.flatMap(({ name, classNames }) =>
    classNames === undefined ? [] : (open.find((each) => each.name === name) ?? []),
  );
  const byName = open
    .filter((each) => isLabelName(each.name) && each.isMeasure !== true)
    .sort(
      (a, b) =>
        labelNames.indexOf(last(a.name)) - labelNames.indexOf(last(b.name)) ||
        a.name.split('.').length - b.name.split('.').length,
    );
  const user = named(options.labelColumn);
  const pick = (list: readonly PlannedColumn[]): PlannedColumn | undefined =>
    byName.find((each) => list.includes(each)) ?? list[0];
  const guess = pick(classLabels) ?? byName[0];
  const label = options.labelColumn === undefined ? guess : user;
  const beside =
    label?.isRepeated === true && parent(label.name) !== ''
      ? columns.find(
          ({ name }) => parent(name) === parent(label.name) && boxNames.includes(last(name)),
        )
      : undefined;
  const classNames = declared.find(({ name }) => name === label?.name)?.classNames;
  const features = open.filter(
    (each) =>
      !each.isRepeated &&
      each !== label &&
      !(each.isBinary && !each.isText) &&
      !/^__index_level_\d+__$/.test(each.name),
  );
  const isAudio = [bytes, path].some(
    (each) =>
      each !== undefined &&
      (/^audio/i.test(each.name) ||
        declared.some((column) => column.kind === 'Audio' && each.name.startsWith(column.name))),
  );
  const isFile = bytes !== undefined || path !== undefined;
  const rest = features.some((each) => each.isText)
    ? 'text'
    : features.length > 0
      ? 'tabular'
      : 'none';
  const candidates = [...new Set([...classLabels, ...byName])].filter((each) => each !== label);
  return {
    label: label?.name ?? null,
    ...(classNames === undefined ? {} : { classNames }),
    boxes: beside?.name ?? null,
    split: split?.name ?? null,
    bytes: bytes?.name ?? null,
    path: path?.name ?? null,
    features: features.map(({ name }) => name),
    task:
      beside !== undefined
        ? 'detection'
        : label?.isRepeated === true
          ? 'multi-label'
          : 'single-label',
    modality: isFile ? (isAudio ? 'audio' : 'image') : rest,
    by:
      label === undefined
        ? null
        : user !== undefined
          ? 'user'
          : classLabels.includes(label)
            ? 'feature'
            : 'name',
    others: candidates.map(({ name }) => name),
  };
};
