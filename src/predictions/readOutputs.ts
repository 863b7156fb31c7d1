import { LongtailError, type Message } from '../common/errors';
import type { FileSource } from '../dataset/types';
import { linearLogits } from '../methods/posthoc';
import { openBundle, type Bundle } from './bundle';
import { columnNames, namesOf, positionsOf, type Find, type ReadOptions } from './classNames';
import { contentsOf, locateColumns, locateNamed, locateRole, type Located } from './locate';
import type { ModelOutputs, NamedParts } from './types';
import {
  labelsOf,
  logOdds,
  logProbabilities,
  looksLikeProbabilities,
  matrixOf,
  twoColumns,
  type Matrix,
  type RawLabels,
} from './values';

interface Scores {
  readonly located: Located;
  readonly kind: 'logits' | 'probabilities';
}

const finder =
  (source: FileSource, bundle: Bundle, parts: NamedParts, options: ReadOptions): Find =>
  async (role) => {
    const wanted = role === 'trainCounts' || role === 'classes' ? undefined : parts[role];
    return wanted === undefined
      ? locateRole(bundle, role)
      : locateNamed(source, bundle, wanted, options.resolve);
  };

/** An array that can only be the scores: the single matrix of floats with a row an item. */
const byShape = (bundle: Bundle, items: number, taken: readonly string[]): Located | null => {
  const fits = bundle.entries.filter(
    ({ name, shape }) => !taken.includes(name) && shape.length === 2 && shape[0] === items,
  );
  const only = fits[0];
  return only === undefined || fits.length > 1
    ? null
    : { path: bundle.path, name: only.name, array: only.read(), columns: null };
};

const findScores = async (
  bundle: Bundle,
  find: Find,
  parts: NamedParts,
  labels: { readonly raw: RawLabels; readonly items: number; readonly taken: readonly string[] },
  classes: readonly string[] | null,
): Promise<Scores | null> => {
  // What the user names goes before what a name suggests.
  const order: readonly Scores['kind'][] =
    parts.probabilities !== undefined && parts.logits === undefined
      ? ['probabilities', 'logits']
      : ['logits', 'probabilities'];
  for (const kind of order) {
    const located = await find(kind);
    if (located !== null) return { located, kind };
  }
  const names =
    classes ?? (labels.raw.kind === 'names' ? [...new Set(labels.raw.names)].sort() : null);
  const columns = names === null ? null : locateColumns(bundle, names);
  if (columns !== null) return { located: columns, kind: 'logits' };
  const shaped = byShape(bundle, labels.items, labels.taken);
  return shaped === null ? null : { located: shaped, kind: 'logits' };
};

/** Logits [items][C] of scores, whichever they are, with a note where that was guessed. */
const toLogits = (
  { located, kind }: Scores,
  multi: boolean,
  named: boolean,
): {
  readonly logits: Float64Array;
  readonly width: number;
  readonly notes: readonly Message[];
} => {
  const matrix: Matrix = matrixOf(located, true);
  const { path, name } = located;
  const shares = looksLikeProbabilities(matrix, !multi);
  if (kind === 'probabilities' && !shares)
    throw new LongtailError('posthoc/not-probabilities', { path, name });
  // Logits of more than a few items hardly all lie between 0 and 1, let alone sum to 1.
  const guessed = kind === 'logits' && shares && !named;
  const notes = guessed ? [{ code: 'posthoc/note/taken-as-probabilities', params: { name } }] : [];
  const probabilities = kind === 'probabilities' || guessed;
  if (multi)
    return { logits: probabilities ? logOdds(matrix) : matrix.values, width: matrix.width, notes };
  if (matrix.width === 1) {
    const scores = probabilities ? logOdds(matrix) : matrix.values;
    return { logits: twoColumns(scores), width: 2, notes };
  }
  return {
    logits: probabilities ? logProbabilities(matrix) : matrix.values,
    width: matrix.width,
    notes,
  };
};

/**
 * Reads a model's outputs with their labels out of a file of arrays: what is what by names and
 * shapes, or as the user names it. Labels may be names, positions, one-hot rows or sets; scores
 * logits or probabilities, one column for two classes; features with classifier weights do in their
 * place. What cannot be known is asked for: `posthoc/no-labels`, `posthoc/no-scores`,
 * `posthoc/no-class-order`; further LongtailErrors name file, array, row and what to do.
 */
export const readOutputs = async (
  source: FileSource,
  path: string,
  parts: NamedParts,
  options: ReadOptions,
): Promise<ModelOutputs> => {
  const bundle = await openBundle(source, path);
  const find = finder(source, bundle, parts, options);
  const labelled = await find('labels');
  if (labelled === null)
    throw new LongtailError('posthoc/no-labels', { path, known: contentsOf(bundle) });
  const raw = labelsOf(labelled);
  const items = labelled.array.shape[0] ?? 0;
  if (items === 0) throw new LongtailError('posthoc/no-items', { path });
  const multi = raw.kind === 'sets';
  const given = await namesOf(source, bundle, find, parts.classes, options);
  const classList = given !== null && given.length < items ? given : null;
  const featured = await find('features');
  const taken = [labelled, featured].flatMap((one) => (one?.path === path ? [one.name] : []));
  const found = await findScores(bundle, find, parts, { raw, items, taken }, classList);
  const weighted = await find('weights');
  const biased = weighted === null ? null : await find('bias');
  if (found === null && featured === null)
    throw new LongtailError('posthoc/no-scores', { path, known: contentsOf(bundle) });
  const features = featured === null ? null : matrixOf(featured);
  const weights = weighted === null || features === null ? null : matrixOf(weighted);
  if (weights !== null && weights.width !== features?.width)
    throw new LongtailError('posthoc/weights-width', {
      path,
      name: weighted?.name ?? '',
      width: weights.width,
      expected: features?.width ?? 0,
    });
  const bias = biased === null ? null : matrixOf(biased).values;
  const classifier = weights === null ? null : { weights: weights.values, bias };
  const named = parts.logits !== undefined;
  const scores =
    found !== null
      ? toLogits(found, multi, named)
      : classifier !== null && features !== null
        ? {
            logits: linearLogits(
              features.values,
              classifier.weights,
              features.width,
              classifier.bias ?? undefined,
            ),
            width: weights?.rows ?? 0,
            notes: [],
          }
        : null;
  const count =
    scores?.width ??
    (raw.kind === 'sets'
      ? raw.width
      : ((classList ?? options.knownClasses)?.length ??
        (raw.kind === 'names'
          ? new Set(raw.names).size
          : raw.positions.reduce((most, label) => Math.max(most, label), 0) + 1)));
  const { names, notes } = columnNames(
    classList,
    found?.located.columns ?? (raw.kind === 'sets' ? raw.columns : null),
    raw,
    count,
    { path, knownClasses: options.knownClasses ?? null },
  );
  const rows = found?.located.array.shape[0] ?? features?.rows ?? 0;
  if (rows !== items || (features !== null && features.rows !== items))
    throw new LongtailError('posthoc/row-counts', {
      path,
      labels: items,
      scores: rows,
      name: found?.located.name ?? featured?.name ?? '',
    });
  if (raw.kind === 'sets' && raw.width !== count)
    throw new LongtailError('posthoc/classes-count', { path, given: raw.width, count });
  const counted = await find('trainCounts');
  const place = { path: labelled.path, name: labelled.name };
  return {
    path,
    task: multi ? 'multi-label' : 'single-label',
    classNames: names,
    items,
    logits: scores?.logits ?? null,
    labels: raw.kind === 'sets' ? raw.values : positionsOf(raw, names, place),
    features: features === null ? null : { values: features.values, width: features.width },
    classifier,
    trainCounts:
      counted?.array.shape[0] === count && ArrayBuffer.isView(counted.array.values)
        ? Array.from(counted.array.values)
        : null,
    notes: [...(scores?.notes ?? []), ...notes],
  };
};
