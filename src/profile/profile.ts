import type { Issue } from '../common/errors';
import { viewClasses } from '../dataset/classView';
import type { ClassChoice } from '../dataset/classView';
import type { DatasetIndex } from '../dataset/types';
import { resolveBands } from '../methods/bands';
import type { BandRequest } from '../methods/bands';
import { distributionMeasures } from '../methods/distribution';
import { bandNumbers, recordOf, withClassRows } from './classRows';
import type { ClassColumns, ProfileFacts } from './classRows';
import { countLabels } from './counts';
import { profileLabelSets } from './multiLabel';
import { profileObjects } from './objects';
import { sampleSets } from '../dataset/sampleSets';
import { companions } from './together';
import { auditSplits, type CountedSplit } from './splitAudit';
import type { LabelCounts } from './counts';
import type { LongTailProfile } from './types';

export interface ProfileOptions {
  readonly bands?: BandRequest;
  readonly classes?: ClassChoice;
}

/** Classes with fewer training samples than this are named: nothing general is learnt from them. */
const fewSamples = 20;

const total = (values: Iterable<number>): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
};

const usualOrder = ['train', 'validation', 'test'];

/** Positions of the splits, train, validation and test first, the others as the index has them. */
const splitOrder = (names: readonly string[]): readonly number[] => {
  const rank = (name: string): number => {
    const place = usualOrder.indexOf(name);
    return place === -1 ? usualOrder.length : place;
  };
  return names.map((_, at) => at).sort((a, b) => rank(names[a] ?? '') - rank(names[b] ?? ''));
};

/** What a class has few of, by task. */
const fewCode = (task: DatasetIndex['task']): string =>
  task === 'detection' || task === 'segmentation'
    ? 'profile/few-objects'
    : task === 'sequence'
      ? 'profile/few-labels'
      : 'profile/few-samples';

const countIssues = (
  counts: Float64Array,
  classNames: readonly string[],
  task: DatasetIndex['task'],
): Issue[] => {
  const issues: Issue[] = [];
  const named = (has: (n: number) => boolean) => {
    const names: string[] = [];
    let count = 0;
    for (let id = 0; id < counts.length; id++) {
      if (!has(counts[id] ?? 0)) continue;
      if (count++ < 8) names.push(classNames[id] ?? '');
    }
    return { count, names };
  };
  const empty = named((n) => n === 0);
  const filled = counts.length - empty.count;
  if (empty.count > 0 && filled > 0)
    issues.push({
      severity: 'warning',
      code: 'profile/ratio-with-empty',
      params: { ...empty },
      count: empty.count,
    });
  const few = named((n) => n > 0 && n < fewSamples);
  if (few.count > 0)
    issues.push({
      severity: 'info',
      code: fewCode(task),
      params: { ...few, limit: fewSamples },
      count: few.count,
    });
  if (filled === 1)
    issues.push({ severity: 'info', code: 'profile/undefined-for-one', params: {} });
  return issues;
};

/** The split that is profiled: train where it has labels, else everything. */
const profiledCounts = (
  index: DatasetIndex,
  counts: LabelCounts,
  all: Float64Array,
): { readonly name: string; readonly counts: Float64Array } => {
  const train = counts.labels[index.splitNames.indexOf('train')];
  return train !== undefined && total(train) > 0
    ? { name: 'train', counts: train }
    : { name: 'all', counts: all };
};

/** Counts by class over all splits. */
const sumBySplit = (splits: readonly Float64Array[], classes: number): Float64Array => {
  const all = new Float64Array(classes);
  for (const own of splits)
    for (let id = 0; id < classes; id++) all[id] = (all[id] ?? 0) + (own[id] ?? 0);
  return all;
};

export interface ColumnProfile {
  readonly facts: ProfileFacts;
  readonly columns: ClassColumns;
}

/** As `profileDataset`, without an object a class. */
export const profileInColumns = (
  index: DatasetIndex,
  options: ProfileOptions = {},
): ColumnProfile => {
  const view = viewClasses(index, options.classes ?? { ignore: [], merge: {} });
  const perImage = index.task === 'detection' || index.task === 'segmentation';
  const counts = countLabels(index, view, perImage);
  const all = sumBySplit(counts.labels, view.names.length);
  const profiled = profiledCounts(index, counts, all);
  const { bands, assignment } = resolveBands(profiled.counts, options.bands ?? 'auto');
  const order = splitOrder(index.splitNames);
  const none = new Float64Array(0);
  const split = (at: number): CountedSplit => ({
    name: index.splitNames[at] ?? '',
    samples: counts.samples[at] ?? 0,
    labels: counts.labels[at] ?? none,
    ...(counts.images === null
      ? {}
      : {
          images: {
            labelled: counts.images.labelled[at] ?? 0,
            withClass: counts.images.withClass[at] ?? none,
          },
        }),
  });
  const audit =
    profiled.name === 'all'
      ? null
      : auditSplits({
          classNames: view.names,
          train: split(index.splitNames.indexOf(profiled.name)),
          others: order.filter((at) => index.splitNames[at] !== profiled.name).map(split),
        });
  const ownSplit = profiled.name === 'all' ? null : index.splitNames.indexOf(profiled.name);
  const several = index.task === 'multi-label';
  const sets = several || perImage ? sampleSets(index, view, ownSplit) : null;
  const labelled = sets !== null && sets.sets.labels.length > 0;
  const company = labelled ? companions(sets.sets, view.names) : null;
  const labelSets =
    sets !== null && company !== null && several
      ? profileLabelSets(sets, view.names, company)
      : null;
  const objects = sets !== null && perImage ? profileObjects(index, view, sets) : null;
  const splits = order.map(split);
  const splitNames = splits.map(({ name }) => name);
  const facts: ProfileFacts = {
    schema: 'longtail.profile/1',
    dataset: {
      root: index.root,
      format: index.format,
      task: index.task,
      modality: index.modality,
      fingerprint: index.fingerprint,
    },
    samples: total(counts.samples),
    unlabelled: counts.unlabelled,
    ...(index.partial === undefined ? {} : { partial: index.partial }),
    profiledSplit: profiled.name,
    bands,
    splits: recordOf(splitNames, (at) => ({
      samples: splits[at]?.samples ?? 0,
      labels: total(splits[at]?.labels ?? []),
    })),
    metrics: distributionMeasures(profiled.counts),
    issues: [...index.issues, ...countIssues(profiled.counts, view.names, index.task)],
    ...(audit === null ? {} : { audit }),
    ...(labelSets === null ? {} : { labelSets }),
    ...(objects === null ? {} : { objects }),
    ...(company === null ? {} : { rarest: company.rarest }),
    ...(company?.together == null ? {} : { together: company.together }),
  };
  const columns: ClassColumns = {
    names: view.names,
    counts: all,
    splitNames,
    splitCounts: splits.map(({ labels }) => labels),
    images: counts.images === null ? null : sumBySplit(counts.images.withClass, view.names.length),
    bands: bandNumbers(assignment),
  };
  return { facts, columns };
};

/**
 * The long-tail profile of an index: counts per class and split over everything, measures and
 * bands (default `auto`) of the training split, or of all splits where there is none. `classes`
 * leaves out and merges classes. Measures without a value (no sample, one class, an infinite
 * ratio) are null, the reason is among the issues. Equal counts always share a band. Throws what
 * `viewClasses` throws for names the dataset lacks. The objects of the classes are made when they
 * are first looked at.
 */
export const profileDataset = (
  index: DatasetIndex,
  options: ProfileOptions = {},
): LongTailProfile => {
  const { facts, columns } = profileInColumns(index, options);
  return withClassRows(facts, () => columns);
};
