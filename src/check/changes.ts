import type { Baseline, BaselineLimits, Finding, FindingLevel } from './types';

/** Forgives what rounding adds where a drop is exactly as large as is allowed. */
const slack = 1e-9;

const countsBySplit = (
  { splits, classes }: Baseline,
  name: string,
): ReadonlyMap<string, number> => {
  const place = splits.findIndex((split) => split.name === name);
  return new Map(classes.map((one) => [one.name, one.counts[place] ?? 0]));
};

const totals = ({ classes }: Baseline): ReadonlyMap<string, number> =>
  new Map(classes.map(({ name, counts }) => [name, counts.reduce((a, b) => a + b, 0)]));

const fell = (before: number, now: number, { maxDrop }: BaselineLimits): boolean =>
  before - now > before * maxDrop + slack;

const leveled = (
  level: FindingLevel | 'ignore',
  finding: Omit<Finding, 'level'>,
): readonly Finding[] => (level === 'ignore' ? [] : [{ ...finding, level }]);

const splitFindings = (
  before: Baseline,
  now: Baseline,
  limits: BaselineLimits,
): readonly Finding[] => {
  const level = limits.splits;
  const kept = new Map(now.splits.map((split) => [split.name, split]));
  const known = new Set(before.splits.map(({ name }) => name));
  const moved = before.profiledSplit !== now.profiledSplit;
  // A dataset without splits is its classes, and what they lost is said of each.
  const parted = before.splits.length > 1 || now.splits.length > 1;
  return [
    ...(moved
      ? leveled(level, {
          code: 'check/profiled-split-changed',
          params: { before: before.profiledSplit, now: now.profiledSplit },
          now: null,
        })
      : []),
    ...before.splits.flatMap(({ name, samples }) => {
      const own = kept.get(name);
      const facts = { split: name, before: samples };
      if (own === undefined)
        return leveled(level, {
          code: 'check/split-gone',
          params: { split: name, before: samples },
          ...facts,
          now: 0,
        });
      return parted && fell(samples, own.samples, limits)
        ? leveled(level, {
            code: 'check/split-fell',
            params: { split: name, before: samples, now: own.samples, allowed: limits.maxDrop },
            ...facts,
            now: own.samples,
            limit: samples * (1 - limits.maxDrop),
          })
        : [];
    }),
    ...now.splits
      .filter(({ name }) => !known.has(name))
      .flatMap(({ name, samples }) =>
        leveled(level, {
          code: 'check/split-new',
          params: { split: name, samples },
          split: name,
          now: samples,
        }),
      ),
  ];
};

/** Classes that are in one of the two states only. */
const classSetFindings = (
  before: ReadonlyMap<string, number>,
  now: ReadonlyMap<string, number>,
  limits: BaselineLimits,
): readonly Finding[] => [
  ...[...before].flatMap(([name, count]) =>
    count > 0 && (now.get(name) ?? 0) === 0
      ? leveled(limits.gone, {
          code: 'check/class-gone',
          params: { name, before: count },
          class: name,
          before: count,
          now: 0,
        })
      : [],
  ),
  ...[...now].flatMap(([name, count]) =>
    count > 0 && (before.get(name) ?? 0) === 0
      ? leveled(limits.added, {
          code: 'check/class-new',
          params: { name, count },
          class: name,
          now: count,
        })
      : [],
  ),
];

/** Classes that lost more than is allowed, in every split that both states have. */
const dropFindings = (
  before: Baseline,
  now: Baseline,
  limits: BaselineLimits,
): readonly Finding[] => {
  const left = totals(now);
  return now.splits.flatMap(({ name: split }) => {
    if (!before.splits.some(({ name }) => name === split)) return [];
    const own = countsBySplit(now, split);
    return [...countsBySplit(before, split)].flatMap(([name, count]): readonly Finding[] => {
      const current = own.get(name) ?? 0;
      if ((left.get(name) ?? 0) === 0 || !fell(count, current, limits)) return [];
      return [
        {
          level: 'error',
          code: 'check/class-fell',
          params: { name, before: count, now: current, allowed: limits.maxDrop },
          class: name,
          ...(split === now.profiledSplit || now.splits.length === 1 ? {} : { split }),
          before: count,
          now: current,
          limit: count * (1 - limits.maxDrop),
        },
      ];
    });
  });
};

/**
 * What changed between two states of a dataset: classes that fell, are gone or are new, and splits.
 * Counts only: whether samples moved from training to test is not seen here.
 */
export const changesSince = (
  before: Baseline,
  now: Baseline,
  limits: BaselineLimits,
): readonly Finding[] => [
  ...classSetFindings(totals(before), totals(now), limits),
  ...dropFindings(before, now, limits),
  ...splitFindings(before, now, limits),
];
