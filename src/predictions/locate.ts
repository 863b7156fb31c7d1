import { LongtailError } from '../common/errors';
import type { NamedArray } from '../dataset/arrays/npy';
import type { FileSource } from '../dataset/types';
import { isBundlePath, openBundle, type Bundle } from './bundle';

/** What an array of a file may be. */
export type Role =
  | 'logits'
  | 'probabilities'
  | 'features'
  | 'labels'
  | 'classes'
  | 'trainCounts'
  | 'weights'
  | 'bias';

/** An array with where it came from; `columns` are the names of the columns it was put together of. */
export interface Located {
  readonly path: string;
  readonly name: string;
  readonly array: NamedArray;
  readonly columns: readonly string[] | null;
}

/** Usual names, lower case with `_` between words; the first that is there counts. */
const usualNames: Readonly<Record<Role, readonly string[]>> = {
  logits: ['logits', 'logit', 'outputs', 'output', 'scores', 'y_logits', 'raw_scores', 'score'],
  probabilities: [
    ...['probabilities', 'probability', 'probs', 'prob', 'proba', 'y_prob', 'y_proba'],
    ...['y_pred_proba', 'softmax', 'pred_proba', 'confidence', 'p'],
  ],
  features: ['features', 'feature', 'feats', 'feat', 'embeddings', 'embedding', 'emb', 'x'],
  labels: [
    ...['labels', 'label', 'y_true', 'targets', 'target', 'truth', 'true', 'true_label', 'gt'],
    ...['ground_truth', 'y', 'class', 'category', 'test_labels', 'val_labels', 'y_test', 'y_val'],
  ],
  classes: ['classes', 'class_names', 'classnames', 'label_names', 'names'],
  trainCounts: ['train_counts', 'class_counts', 'cls_num_list', 'counts', 'num_per_class'],
  weights: ['weights', 'weight', 'classifier_weight', 'fc_weight', 'w'],
  bias: ['bias', 'classifier_bias', 'fc_bias', 'b'],
};
/** Names that also begin others (y_pred, class_id): columns are not put together by them. */
const alone: ReadonlySet<string> = new Set(['y', 'p', 'x', 'w', 'b', 'class', 'category', 'names']);

const bare = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s.-]+/g, '_');

/** What follows a role in a column's name: `logit_cat` is the logit of cat; null for other names. */
const groupedRest = (name: string, role: Role): string | null => {
  const heads = usualNames[role].filter((head) => !alone.has(head));
  const own = bare(name);
  const head = heads
    .filter((one) => own.startsWith(one) && /^[_:[(]./.test(own.slice(one.length)))
    .sort((a, b) => b.length - a.length)[0];
  return head === undefined
    ? null
    : name
        .trim()
        .slice(head.length + 1)
        .replace(/[\])]$/, '');
};

const joined = (
  bundle: Bundle,
  name: string,
  columns: readonly { readonly rest: string; readonly array: NamedArray }[],
): Located => {
  const rows = columns[0]?.array.shape[0] ?? 0;
  const values = new Float64Array(rows * columns.length);
  columns.forEach(({ rest, array }, c) => {
    for (let row = 0; row < rows; row++) {
      const value = array.values[row];
      if (typeof value !== 'number')
        throw new LongtailError('posthoc/not-numbers', { path: bundle.path, name: rest });
      values[row * columns.length + c] = value;
    }
  });
  const integer = columns.every(({ array }) => array.integer);
  return {
    path: bundle.path,
    name,
    array: { shape: [rows, columns.length], values, integer },
    columns: columns.map(({ rest }) => rest),
  };
};

/** Columns whose names begin alike, side by side; null for fewer than two. */
const group = (
  bundle: Bundle,
  name: string,
  restOf: (column: string) => string | null,
): Located | null => {
  const columns = bundle.entries.flatMap((entry) => {
    const rest = entry.shape.length === 1 ? restOf(entry.name) : null;
    return rest === null ? [] : [{ rest, array: entry.read() }];
  });
  return columns.length < 2 ? null : joined(bundle, name, columns);
};

/** Names and shapes of a file, for errors. */
export const contentsOf = ({ entries }: Bundle): readonly string[] =>
  entries.slice(0, 30).map(({ name, shape }) => `${name} [${shape.join(', ')}]`);

const fromEntry = (bundle: Bundle, entry: Bundle['entries'][number]): Located => ({
  path: bundle.path,
  name: entry.name,
  array: entry.read(),
  columns: null,
});

/** The array a user named: a key, the common beginning of columns, or a file that holds one array. */
export const locateNamed = async (
  source: FileSource,
  bundle: Bundle,
  wanted: string,
  resolve: (path: string) => string,
): Promise<Located> => {
  const own = bundle.entries.find(({ name }) => name === wanted);
  if (own !== undefined) return fromEntry(bundle, own);
  const columns = group(bundle, wanted, (column) =>
    column.startsWith(wanted) && column !== wanted ? column.slice(wanted.length) : null,
  );
  if (columns !== null) return columns;
  if (isBundlePath(wanted)) {
    const other = await openBundle(source, resolve(wanted));
    const only = other.entries[0];
    if (only !== undefined && other.entries.length === 1) return fromEntry(other, only);
    throw new LongtailError('posthoc/several-arrays', {
      path: other.path,
      known: contentsOf(other),
    });
  }
  throw new LongtailError('posthoc/no-such-key', {
    path: bundle.path,
    key: wanted,
    known: contentsOf(bundle),
  });
};

/** The array that by its name plays a role, or columns that together do; null for none. */
export const locateRole = (bundle: Bundle, role: Role): Located | null => {
  for (const name of usualNames[role]) {
    const entry = bundle.entries.find((one) => bare(one.name) === name);
    if (entry !== undefined) return fromEntry(bundle, entry);
  }
  return group(bundle, role, (column) => groupedRest(column, role));
};

/** Columns named exactly as the classes, in the order of the classes; null where one is missing. */
export const locateColumns = (bundle: Bundle, classes: readonly string[]): Located | null => {
  const found = classes.map((name) => bundle.entries.find((entry) => entry.name === name));
  const columns = found.flatMap((entry) =>
    entry?.shape.length === 1 ? [{ rest: entry.name, array: entry.read() }] : [],
  );
  return columns.length === classes.length && columns.length > 1
    ? joined(bundle, 'columns', columns)
    : null;
};
