import * as z from 'zod/mini';
import { exactly } from '../common/exactly';
import { LongtailError } from '../common/errors';
import type { LongTailProfile } from '../profile/types';
import type { Baseline } from './types';

/** What of a profile is kept to compare with. */
export const baselineOf = (profile: LongTailProfile): Baseline => {
  const splits = Object.entries(profile.splits);
  return {
    schema: 'longtail.baseline/1',
    fingerprint: profile.dataset.fingerprint,
    task: profile.dataset.task,
    profiledSplit: profile.profiledSplit,
    splits: splits.map(([name, { samples, labels }]) => ({ name, samples, labels })),
    classes: profile.classes.map((one) => ({
      name: one.name,
      counts: splits.map(([name]) => one.splits[name] ?? 0),
    })),
    metrics: profile.metrics,
  };
};

/** One class a line, so that a review shows which one changed. */
export const writeBaseline = ({ classes, ...rest }: Baseline): string => {
  const head = JSON.stringify(rest, null, 2).replace(/\n\}$/, '');
  const lines = classes.map((one) => `    ${JSON.stringify(one)}`);
  return `${head},\n  "classes": [\n${lines.join(',\n')}\n  ]\n}\n`;
};

const splitSchema = z.strictObject({ name: z.string(), samples: z.number(), labels: z.number() });
const metricsSchema = z.record(z.string(), z.nullable(z.number()));

/** `longtail.baseline/1`, what `longtail check --write-baseline` writes. */
export const baselineSchema = exactly<Baseline>()(
  z.strictObject({
    schema: z.literal('longtail.baseline/1'),
    fingerprint: z.string(),
    task: z.string(),
    profiledSplit: z.string(),
    splits: z.array(splitSchema),
    classes: z.array(z.strictObject({ name: z.string(), counts: z.array(z.number()) })),
    metrics: metricsSchema,
  }),
);

/** As much of a profile as is compared: `longtail scan --json` serves as a baseline too. */
const profileSchema = z.object({
  schema: z.literal('longtail.profile/1'),
  dataset: z.object({ fingerprint: z.string(), task: z.string() }),
  profiledSplit: z.string(),
  splits: z.record(z.string(), z.object({ samples: z.number(), labels: z.number() })),
  classes: z.array(z.object({ name: z.string(), splits: z.record(z.string(), z.number()) })),
  metrics: metricsSchema,
});

const json = (text: string, path: string): unknown => {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return value;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new LongtailError('check/baseline-unreadable', { path, detail }, { cause: error });
  }
};

/** Reads a baseline, or a profile in its place. Throws `check/baseline-unreadable`, `check/no-baseline`. */
export const readBaseline = (text: string, path: string): Baseline => {
  const value = json(text, path);
  const own = baselineSchema.safeParse(value);
  if (own.success) return own.data;
  const profile = profileSchema.safeParse(value);
  if (!profile.success) throw new LongtailError('check/no-baseline', { path });
  const { dataset, profiledSplit, splits, classes, metrics } = profile.data;
  const names = Object.keys(splits);
  return {
    schema: 'longtail.baseline/1',
    ...{ fingerprint: dataset.fingerprint, task: dataset.task, profiledSplit, metrics },
    splits: Object.entries(splits).map(([name, { samples, labels }]) => ({
      name,
      samples,
      labels,
    })),
    classes: classes.map((one) => ({
      name: one.name,
      counts: names.map((name) => one.splits[name] ?? 0),
    })),
  };
};
