import type { Modality } from '../../types';
import { byteRanges, featuresOf, numbersOf } from './example';
import type { Feature } from './example';
import { Frames } from './frames';
import type { FileWindow } from './frames';

const someRecords = 16;

/** Keys of labels, best first: as the object detection API, ImageNet and TFDS write them. */
const known = [
  'image/object/class/text',
  'image/object/class/label',
  'objects/label',
  'image/class/text',
  'image/class/label',
  'label',
  'labels',
];
const lastParts: ReadonlySet<string> = new Set(
  'label labels class class_id category target species y'.split(' '),
);

/** Which features are read for what. */
export interface RecordPlan {
  readonly keys: readonly string[];
  readonly label: string | null;
  /** Other keys that could be the label. */
  readonly others: readonly string[];
  /** Whether every label is an object: boxes stand beside it. */
  readonly isObjects: boolean;
  /** The feature with an encoded picture. */
  readonly picture: string | null;
  /** Features with one number or text: what a model is given where there is no picture. */
  readonly columns: readonly string[];
  readonly modality: Modality;
}

const magics = [
  [0xff, 0xd8, 0xff],
  [0x89, 0x50, 0x4e, 0x47],
  [0x47, 0x49, 0x46, 0x38],
  [0x52, 0x49, 0x46, 0x46],
  [0x42, 0x4d],
];
const isPicture = (window: FileWindow, feature: Feature): boolean => {
  const [first] = byteRanges(window, feature, 1);
  if (first === undefined || first.length < 16) return false;
  const head = window.read(first.from, 4);
  return magics.some((magic) => magic.every((byte, at) => head[at] === byte));
};

const parentOf = (key: string): string => key.slice(0, Math.max(0, key.lastIndexOf('/')));

/** What the features of the first records are for; null where there is no record with features. */
export const planFeatures = (
  window: FileWindow,
  labelColumn: string | undefined,
): RecordPlan | null => {
  const frames = new Frames(window);
  const keys = new Map<string, { most: number; kind: Feature['kind'] }>();
  let picture: string | null = null;
  for (let count = 0; count < someRecords && frames.read(); count++)
    for (const feature of featuresOf(window, frames.start, frames.end)) {
      const { key, kind } = feature;
      const isBytes = kind === 'bytes';
      if (isBytes && picture === null && isPicture(window, feature)) picture = key;
      const values = isBytes
        ? byteRanges(window, feature, 2).length
        : numbersOf(window, feature).length;
      keys.set(key, { kind, most: Math.max(values, keys.get(key)?.most ?? 0) });
    }
  if (keys.size === 0) return null;
  const filled = [...keys].filter(([, { most }]) => most > 0).map(([key]) => key);
  const likely = [
    ...known.filter((key) => filled.includes(key)),
    ...filled.filter(
      (key) =>
        !known.includes(key) &&
        keys.get(key)?.kind !== 'float' &&
        lastParts.has(key.slice(key.lastIndexOf('/') + 1).toLowerCase()),
    ),
  ];
  const named = labelColumn === undefined ? likely[0] : labelColumn;
  const label = named !== undefined && keys.has(named) ? named : null;
  const beside = [`${parentOf(label ?? '')}/bbox`, `${parentOf(parentOf(label ?? ''))}/bbox/xmin`];
  const columns = filled.filter(
    (key) => key !== label && key !== picture && keys.get(key)?.most === 1,
  );
  const hasText = columns.some((key) => keys.get(key)?.kind === 'bytes');
  const rest = columns.length === 0 ? 'none' : hasText ? 'text' : 'tabular';
  return {
    keys: [...keys.keys()].sort(),
    label,
    others: likely.filter((key) => key !== label),
    isObjects: label !== null && beside.some((key) => keys.has(key)),
    picture,
    columns,
    modality: picture === null ? rest : 'image',
  };
};
