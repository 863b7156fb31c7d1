import * as z from 'zod/mini';
import { LongtailError } from '../common/errors';
import { nearest } from '../config/nearest';
import { parseYamlAs, type PlacedIssue } from '../config/parse';
import { classLimitsSchema, limitsSchema } from './limitsSchema';
import type { ClassLimits, Limits, ScopeLimits } from './types';

type WrittenLimits = z.infer<typeof limitsSchema>;
type WrittenScope = Omit<WrittenLimits, 'version' | 'splits' | 'baseline'>;

/** What a class may lose where nothing is said. */
const usualDrop = 0.2;

/** A share as people write it: 20%, or 0.2. null for what is none. */
export const shareOf = (written: string | number): number | null => {
  const text = String(written).trim();
  const number = Number(text.replace(/ *%$/, ''));
  const share = text.endsWith('%') ? number / 100 : number;
  return text !== '' && text !== '%' && share >= 0 && share <= 1 ? share : null;
};

const scopeOf = (written: WrittenScope): ScopeLimits => ({
  ...(written.maxImbalance === undefined ? {} : { maxImbalance: written.maxImbalance }),
  ...(written.minClass === undefined ? {} : { minClass: written.minClass }),
  max: new Map(Object.entries(written.max ?? {})),
  min: new Map(Object.entries(written.min ?? {})),
  classes: new Map(
    Object.entries(written.classes ?? {}).map(([name, value]): [string, ClassLimits] => [
      name,
      typeof value === 'number'
        ? { min: value }
        : {
            ...(value.min === undefined ? {} : { min: value.min }),
            ...(value.max === undefined ? {} : { max: value.max }),
          },
    ]),
  ),
});

const limitsOf = (written: WrittenLimits): Limits => {
  const { baseline = {} } = written;
  return {
    ...scopeOf(written),
    splits: new Map(
      Object.entries(written.splits ?? {}).map(([name, own]) => [name, scopeOf(own)]),
    ),
    baseline: {
      maxDrop: shareOf(baseline.maxDrop ?? usualDrop) ?? usualDrop,
      gone: baseline.gone ?? 'error',
      added: baseline.added ?? 'note',
      splits: baseline.splits ?? 'warning',
    },
  };
};

/** No limit at all; changes are judged as usual. */
export const noLimits: Limits = limitsOf({ version: 1 });

export interface ReadLimits {
  /** null when an issue is an error. */
  readonly limits: Limits | null;
  /** The baseline that the file names. */
  readonly baselineFile: string | null;
  readonly issues: readonly PlacedIssue[];
}

/** Reads `longtail-check.yaml`; issues name key, line and column. Never throws for bad text. */
export const readLimits = (text: string, path: string): ReadLimits => {
  const { value, issues } = parseYamlAs(limitsSchema, text, path);
  return value === null
    ? { limits: null, baselineFile: null, issues }
    : { limits: limitsOf(value), baselineFile: value.baseline?.file ?? null, issues };
};

/** Reads a file of class: count, or class: {min, max}. */
export const readClassLimits = (
  text: string,
  path: string,
): {
  readonly classes: ReadonlyMap<string, ClassLimits> | null;
  readonly issues: readonly PlacedIssue[];
} => {
  const { value, issues } = parseYamlAs(z.record(z.string(), classLimitsSchema), text, path);
  return {
    classes: value === null ? null : scopeOf({ classes: value }).classes,
    issues,
  };
};

/** How many limits were set: one a metric, one a class named, one for all classes together. */
export const countLimits = (limits: Limits): number =>
  [limits, ...limits.splits.values()].reduce(
    (sum, own) =>
      sum +
      own.max.size +
      own.min.size +
      own.classes.size +
      (own.maxImbalance === undefined ? 0 : 1) +
      (own.minClass === undefined ? 0 : 1),
    0,
  );

/** Refuses names of measures that no profile has. Throws `check/unknown-metric`, `…-near`. */
export const checkMetricNames = (limits: Limits, known: readonly string[]): void => {
  for (const { max, min } of [limits, ...limits.splits.values()])
    for (const name of [...max.keys(), ...min.keys()]) {
      if (known.includes(name)) continue;
      const near = nearest(name, known);
      throw near === null
        ? new LongtailError('check/unknown-metric', { name, known })
        : new LongtailError('check/unknown-metric-near', { name, near });
    }
};
