import * as z from 'zod/mini';
import { LongtailError } from '../../common/errors';
import { exactly } from '../../common/exactly';
import type { PosthocConfig, RebalanceConfig, StageConfig } from '../../config/schema';
import type { SweepReport } from './types';

/** Schemas of the parts that the config's stage owns. */
export interface SweepParts {
  readonly config: z.ZodMiniType<RebalanceConfig>;
  readonly stage: z.ZodMiniType<StageConfig>;
  readonly posthoc: z.ZodMiniType<PosthocConfig>;
}

const interval = z.tuple([z.number(), z.number()]);
const measure = { value: z.number(), interval, deviation: z.nullable(z.number()) };
const recall = z.nullable(z.number());
const param = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
const message = z.strictObject({ code: z.string(), params: z.record(z.string(), param) });
const difference = z.nullable(z.strictObject({ ...measure, tie: z.boolean() }));
const scores = z.strictObject({
  balancedAccuracy: z.strictObject(measure),
  many: recall,
  medium: recall,
  few: recall,
  ece: z.number(),
});

/** `longtail.sweep/1`, given the schemas of a config. */
export const sweepSchemaWith = ({ config, stage, posthoc }: SweepParts) =>
  exactly<SweepReport>()(
    z.strictObject({
      schema: z.literal('longtail.sweep/1'),
      id: z.string(),
      config,
      backend: z.string(),
      versions: z.record(z.string(), z.string()),
      dataset: z.strictObject({
        root: z.string(),
        fingerprint: z.string(),
        classNames: z.array(z.string()),
      }),
      trainCounts: z.array(z.number()),
      scoredSplit: z.enum(['test', 'heldOut']),
      representations: z.array(
        z.strictObject({
          seed: z.number(),
          run: z.string(),
          seconds: z.number(),
          items: z.number(),
          width: z.number(),
        }),
      ),
      rows: z.array(
        z.strictObject({
          id: z.string(),
          head: z.nullable(stage),
          posthoc,
          seconds: z.number(),
          validation: z.nullable(scores),
          test: scores,
          againstPlain: difference,
          againstBest: difference,
          warnings: z.array(message),
        }),
      ),
      leftOut: z.array(z.strictObject({ id: z.string(), why: message })),
      best: z.nullable(z.string()),
      seconds: z.number(),
    }),
  );

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * A stored sweep from the text of its file. Throws `sweep/not-json` for what is cut short or no
 * JSON, `sweep/unreadable` with the first place that is not of `longtail.sweep/1`.
 */
export const parseSweep = (text: string, path: string, parts: SweepParts): SweepReport => {
  const value = parse(text);
  if (value === undefined) throw new LongtailError('sweep/not-json', { path });
  const read = z.safeParse(sweepSchemaWith(parts), value);
  if (read.success) return read.data;
  const place = read.error.issues[0]?.path.map(String).join('.') ?? '';
  throw new LongtailError('sweep/unreadable', { path, place: place === '' ? '.' : place });
};
