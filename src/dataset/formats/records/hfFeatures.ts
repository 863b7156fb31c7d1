import { isObject } from '../jsonl/isObject';
import { isList } from './values';

/** What a column of a Hugging Face dataset is, as its `features` say. */
export interface HfColumn {
  /** Joined by dots, without levels that only stand for lists. */
  readonly name: string;
  /** ClassLabel, Value, Image, Audio … */
  readonly kind: string;
  /** Names of numbered classes. */
  readonly classNames?: readonly string[];
}

const maxDepth = 8;

const walk = (feature: unknown, name: string, depth: number): HfColumn[] => {
  if (depth > maxDepth) return [];
  if (isList(feature)) return walk(feature[0], name, depth + 1);
  if (!isObject(feature)) return [];
  const kind = feature['_type'];
  if (typeof kind !== 'string')
    return Object.entries(feature).flatMap(([key, inner]) =>
      walk(inner, name === '' ? key : `${name}.${key}`, depth + 1),
    );
  if (kind === 'Sequence' || kind === 'List' || kind === 'LargeList')
    return walk(feature['feature'], name, depth + 1);
  const names = feature['names'];
  const classNames =
    isList(names) && names.every((each): each is string => typeof each === 'string')
      ? [...names]
      : undefined;
  return [{ name, kind, ...(classNames === undefined ? {} : { classNames }) }];
};

/** The columns that `features` describe; none for anything else. */
export const hfColumns = (features: unknown): readonly HfColumn[] => walk(features, '', 0);

/** The columns in the text of a schema's `huggingface` key. */
export const hfColumnsIn = (text: string | undefined): readonly HfColumn[] => {
  if (text === undefined) return [];
  try {
    const value: unknown = JSON.parse(text);
    const info = isObject(value) ? value['info'] : undefined;
    return hfColumns(isObject(info) ? info['features'] : undefined);
  } catch {
    return [];
  }
};
