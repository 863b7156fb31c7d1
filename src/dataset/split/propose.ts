import { LongtailError } from '../../common/errors';
import { createRandom } from '../../common/random';
import { groupSplit, stratifiedSplit } from '../../methods/sampling';
import { rowFormats } from '../inspect/places';
import { viewClasses } from '../classView';
import type { LabelSets } from '../../methods/labelSets';
import { sampleSets, type SampleSets } from '../sampleSets';
import type { DatasetIndex, FileSource } from '../types';
import { groupsOf } from './groups';
import type { SplitRequest, SplitSummary } from './types';

/** The part of every sample that is in one. */
export interface ProposedSplit {
  /** Numbers of the samples in the index, ascending. */
  readonly rows: Uint32Array;
  /** Of each of them, its place in the request's parts. */
  readonly part: Uint8Array;
  readonly summary: Omit<SplitSummary, 'files'>;
}

/** Label sets of those samples only that have a label. */
const labelledOnly = ({ sets, rows }: SampleSets): Pick<SampleSets, 'sets' | 'rows'> => {
  const { starts, labels } = sets;
  const places = Uint32Array.from(rows.keys()).filter(
    (at) => (starts[at + 1] ?? 0) > (starts[at] ?? 0),
  );
  const kept = new Uint32Array(places.length + 1).fill(labels.length);
  kept.set(places.map((at) => starts[at] ?? 0));
  return { sets: { starts: kept, labels }, rows: places.map((at) => rows[at] ?? 0) };
};

/** The samples that are parted: where a sample has one label, only those that have it. */
const partedOf = (index: DatasetIndex, from: string | undefined): SampleSets => {
  const split = from === undefined ? null : index.splitNames.indexOf(from);
  if (split === -1)
    throw new LongtailError('propose/no-such-split', { name: from ?? '', known: index.splitNames });
  const all = sampleSets(index, viewClasses(index, { ignore: [], merge: {} }), split);
  return index.task === 'single-label' && all.unlabelled > 0
    ? { ...labelledOnly(all), unlabelled: all.unlabelled }
    : { ...all, unlabelled: 0 };
};

/** Samples that are the same file stay together, in the part of the first: a file is never in two parts. */
const keepFilesWhole = (index: DatasetIndex, rows: Uint32Array, part: Uint8Array): void => {
  const first = new Map<string, number>();
  rows.forEach((row, at) => {
    const { path, offset, length } = index.locator(row);
    if (rowFormats.has(index.format) || offset !== 0 || length !== 0) return;
    const own = first.get(path);
    if (own === undefined) first.set(path, part[at] ?? 0);
    else part[at] = own;
  });
};

/** [class][part] samples that have the class. */
const countsOf = (
  { starts, labels }: LabelSets,
  part: Uint8Array,
  size: { readonly classes: number; readonly parts: number },
): readonly Uint32Array[] => {
  const counts = Array.from({ length: size.classes }, () => new Uint32Array(size.parts));
  part.forEach((own, at) => {
    for (const label of labels.subarray(starts[at], starts[at + 1])) {
      const row = counts[label];
      if (row !== undefined) row[own] = (row[own] ?? 0) + 1;
    }
  });
  return counts;
};

/**
 * Parts the samples of a dataset so that every class has its share in every part: one label or
 * several a sample by iterative stratification, groups that stay whole by the greedy rule of
 * `groupSplit`. The same request gives the same split. LongtailErrors `propose/no-such-split`,
 * `propose/too-few-samples`, `propose/too-few-groups`, and those of `groupsOf`.
 */
export const proposeSplit = (
  source: FileSource,
  index: DatasetIndex,
  { parts, seed, group, from }: SplitRequest,
): ProposedSplit => {
  const { sets, rows, unlabelled } = partedOf(index, from);
  if (rows.length < parts.length)
    throw new LongtailError('propose/too-few-samples', {
      samples: rows.length,
      parts: parts.length,
    });
  const classes = index.classNames.length;
  const question = {
    sets,
    labels: classes,
    shares: parts.map(({ share }) => share),
    random: createRandom(seed, 'split'),
  };
  const groups = group === undefined ? null : groupsOf(source, index, group, rows);
  if (groups !== null && groups.groups < parts.length)
    throw new LongtailError('propose/too-few-groups', {
      groups: groups.groups,
      parts: parts.length,
    });
  const part = groups === null ? stratifiedSplit(question) : groupSplit({ ...question, ...groups });
  keepFilesWhole(index, rows, part);
  const sizes = new Uint32Array(parts.length);
  for (const own of part) sizes[own] = (sizes[own] ?? 0) + 1;
  const counts = countsOf(sets, part, { classes, parts: parts.length });
  const byPart = (values: Uint32Array | undefined): Record<string, number> =>
    Object.fromEntries(parts.map(({ name }, i) => [name, values?.[i] ?? 0]));
  const { root, format, task, fingerprint } = index;
  return {
    rows,
    part,
    summary: {
      schema: 'longtail.split/1',
      dataset: { root, format, task, fingerprint },
      seed,
      shares: Object.fromEntries(parts.map(({ name, share }) => [name, share])),
      from: from ?? null,
      group: group ?? null,
      groups: groups?.groups ?? null,
      samples: byPart(sizes),
      unlabelled,
      classes: Object.fromEntries(index.classNames.map((name, id) => [name, byPart(counts[id])])),
      notInEach: index.classNames.filter((_, id) => {
        const own = counts[id] ?? sizes;
        return own.some((count) => count > 0) && own.includes(0);
      }),
    },
  };
};
