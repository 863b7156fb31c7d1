import { nearest } from '../config/nearest';
import { distributionMeasures } from '../methods/distribution';
import type { LongTailProfile } from '../profile/types';
import { baselineOf } from './baseline';
import { changesSince } from './changes';
import { checkMetricNames, countLimits } from './limits';
import type {
  Baseline,
  CheckReport,
  ComparedNumber,
  Finding,
  FindingLevel,
  Limits,
  ScopeLimits,
} from './types';

/** The counts of one split that are held against limits. */
interface Scope {
  /** null for the profiled split, which needs no name in a finding. */
  readonly split: string | null;
  /** Counts are of objects, which a sentence calls so. */
  readonly objects: boolean;
  readonly counts: readonly { readonly name: string; readonly count: number }[];
  readonly metrics: Readonly<Record<string, number | null>>;
}

/** The numbers a reader compares first, in the order of a report. */
const shownMetrics = ['total', 'min', 'imbalanceRatio', 'gini', 'expEntropy'];

const inSplit = ({ split }: Scope): { readonly split?: string } =>
  split === null ? {} : { split };

/** A finding's code, with the sentence that fits what is counted. */
const codeOf = (
  what: 'too-small' | 'too-large' | 'too-skewed' | 'empty',
  { objects }: Scope,
): string => `check/class-${what}${objects ? '-objects' : ''}`;

const classFindings = (scope: Scope, limits: ScopeLimits): readonly Finding[] => {
  const sorted = scope.counts.toSorted((a, b) => a.count - b.count);
  const largest = sorted.at(-1) ?? { name: '', count: 0 };
  const { maxImbalance, minClass } = limits;
  return sorted.flatMap(({ name, count }): readonly Finding[] => {
    const own = limits.classes.get(name);
    const min = own?.min ?? (own === undefined ? minClass : undefined);
    const facts = { level: 'error' as const, class: name, ...inSplit(scope), now: count };
    return [
      ...(min !== undefined && count < min
        ? [
            {
              code: codeOf('too-small', scope),
              params: { name, count, limit: min },
              ...facts,
              limit: min,
            },
          ]
        : []),
      ...(own?.max !== undefined && count > own.max
        ? [
            {
              code: codeOf('too-large', scope),
              params: { name, count, limit: own.max },
              ...facts,
              limit: own.max,
            },
          ]
        : []),
      ...(maxImbalance !== undefined && count * maxImbalance < largest.count
        ? [
            {
              code: codeOf(count === 0 ? 'empty' : 'too-skewed', scope),
              params: {
                name,
                count,
                ratio: count === 0 ? 0 : largest.count / count,
                largest: largest.name,
                limit: maxImbalance,
              },
              ...facts,
              limit: maxImbalance,
            },
          ]
        : []),
    ];
  });
};

/** Classes that have a limit and that the dataset does not have: misspelt, or gone. */
const missingClasses = (scope: Scope, limits: ScopeLimits): readonly Finding[] => {
  const known = scope.counts.map(({ name }) => name);
  const have = new Set(known);
  return [...limits.classes].flatMap(([name, { min = 0 }]): readonly Finding[] => {
    if (have.has(name)) return [];
    const near = nearest(name, known);
    return [
      {
        level: 'error',
        code: near === null ? 'check/class-missing' : 'check/class-missing-near',
        params: near === null ? { name } : { name, near },
        class: name,
        ...inSplit(scope),
        now: 0,
        limit: min,
      },
    ];
  });
};

const metricFindings = (scope: Scope, limits: ScopeLimits): readonly Finding[] => {
  const one = (side: 'above' | 'below', metric: string, limit: number): readonly Finding[] => {
    const now = scope.metrics[metric] ?? null;
    const facts = { level: 'error' as const, metric, ...inSplit(scope), now, limit };
    if (now === null) return [{ code: 'check/metric-undefined', params: { metric }, ...facts }];
    const broken = side === 'above' ? now > limit : now < limit;
    return broken
      ? [{ code: `check/metric-${side}`, params: { metric, now, limit }, ...facts }]
      : [];
  };
  return [
    ...[...limits.max].flatMap(([metric, limit]) => one('above', metric, limit)),
    ...[...limits.min].flatMap(([metric, limit]) => one('below', metric, limit)),
  ];
};

const findingsOf = (scope: Scope, limits: ScopeLimits): readonly Finding[] => [
  ...missingClasses(scope, limits),
  ...classFindings(scope, limits),
  ...metricFindings(scope, limits),
];

const hasObjects = ({ dataset: { task } }: LongTailProfile): boolean =>
  task === 'detection' || task === 'segmentation';

const profiledScope = (profile: LongTailProfile): Scope => ({
  split: null,
  objects: hasObjects(profile),
  counts: profile.classes.map((one) => ({
    name: one.name,
    count: profile.profiledSplit === 'all' ? one.count : (one.splits[profile.profiledSplit] ?? 0),
  })),
  metrics: profile.metrics,
});

const splitScope = (profile: LongTailProfile, split: string): Scope => {
  const counts = profile.classes.map(({ name, splits }) => ({ name, count: splits[split] ?? 0 }));
  return {
    split,
    objects: hasObjects(profile),
    counts,
    metrics: distributionMeasures(counts.map(({ count }) => count)),
  };
};

const splitFindings = (profile: LongTailProfile, limits: Limits): readonly Finding[] =>
  [...limits.splits].flatMap(([split, own]): readonly Finding[] => {
    const known = Object.keys(profile.splits);
    if (known.includes(split)) return findingsOf(splitScope(profile, split), own);
    return [
      {
        level: 'error',
        code: 'check/split-missing',
        params: { split, known },
        split,
        now: 0,
      },
    ];
  });

const numbersOf = (
  now: Baseline,
  before: Baseline | null,
  limits: Limits,
): readonly ComparedNumber[] =>
  [...new Set([...shownMetrics, ...limits.max.keys(), ...limits.min.keys()])].map((name) => ({
    name,
    before: before?.metrics[name] ?? null,
    now: now.metrics[name] ?? null,
  }));

const levels: readonly FindingLevel[] = ['error', 'warning', 'note'];

/**
 * Holds a profile against limits and, where there is one, against an earlier state. Limits of the
 * whole file are on the split that is profiled, those below `splits` on the split they name. A
 * measure without a value breaks its limit. Leaks between splits are not looked at. Throws
 * `check/unknown-metric` for a measure that no profile has.
 */
export const checkProfile = (
  profile: LongTailProfile,
  limits: Limits,
  before: Baseline | null = null,
): CheckReport => {
  checkMetricNames(limits, Object.keys(distributionMeasures([1])));
  const now = baselineOf(profile);
  const all = [
    ...findingsOf(profiledScope(profile), limits),
    ...splitFindings(profile, limits),
    ...(before === null ? [] : changesSince(before, now, limits.baseline)),
  ];
  const findings = levels.flatMap((level) => all.filter((finding) => finding.level === level));
  const { root, format, fingerprint } = profile.dataset;
  return {
    schema: 'longtail.check/1',
    dataset: { root, format, fingerprint },
    profiledSplit: profile.profiledSplit,
    passed: !findings.some(({ level }) => level === 'error'),
    classes: profile.classes.length,
    limits: countLimits(limits),
    baseline: before === null ? null : { fingerprint: before.fingerprint },
    numbers: numbersOf(now, before, limits),
    findings,
  };
};
