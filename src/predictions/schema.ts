import * as z from 'zod';
import { exactly } from '../common/exactly';
import { messageSchema } from '../profile/schema';
import type { Bands } from '../profile/types';
import type { PosthocResult } from './types';

const interval = z.tuple([z.number(), z.number()]);
const band = z.strictObject({ recall: z.number().nullable(), classes: z.number() });
const kind = z.enum(['plain', 'logit-adjustment', 'thresholds', 'tau-norm', 'nearest-mean']);

const recall = z.strictObject({
  recall: z.number().nullable(),
  interval,
  precision: z.number().nullable(),
});

const tried = z.strictObject({
  kind,
  tau: z.number().nullable(),
  title: messageSchema,
  how: z.enum(['fixed', 'cross-fitted', 'selected']),
  scores: z
    .strictObject({
      accuracy: z.number(),
      balancedAccuracy: z.number().nullable(),
      balancedAccuracyInterval: interval.nullable(),
      many: band,
      medium: band,
      few: band,
      ece: z.number().nullable(),
    })
    .nullable(),
  macroF1: z.number(),
  gain: z.strictObject({ difference: z.number(), interval, excludesZero: z.boolean() }).nullable(),
});

const chosen = z.strictObject({
  kind,
  tau: z.number().nullable(),
  offsets: z.record(z.string(), z.number().nullable()).nullable(),
  thresholds: z.record(z.string(), z.number()).nullable(),
  threshold: z.strictObject({ positive: z.string(), value: z.number().nullable() }).nullable(),
});

const rule = z.strictObject({
  metric: z.enum(['f1', 'balancedAccuracy', 'gMean', 'recall', 'cost']),
  costs: z.strictObject({ falsePositive: z.number(), falseNegative: z.number() }).exactOptional(),
  precisionFloor: z.number().exactOptional(),
});

/** `longtail.posthoc/1`, what `longtail posthoc --json` prints, given the schema of bands. */
export const posthocSchemaWith = (bands: z.ZodType<Bands>) =>
  exactly<PosthocResult>()(
    z.strictObject({
      schema: z.literal('longtail.posthoc/1'),
      file: z.string(),
      selectedOn: z.string().nullable(),
      task: z.enum(['single-label', 'multi-label']),
      items: z.number(),
      seed: z.number(),
      trained: z.string(),
      target: z.union([z.enum(['uniform', 'as-trained']), z.record(z.string(), z.number())]),
      rule: rule.nullable(),
      bands,
      effectivePrior: z.record(z.string(), z.number()),
      classes: z.array(
        z.strictObject({
          name: z.string(),
          trainCount: z.number(),
          band: z.enum(['many', 'medium', 'few']),
          items: z.number(),
          before: recall.nullable(),
          after: recall,
        }),
      ),
      tried: z.array(tried),
      chosen,
      reasons: z.array(messageSchema),
      notes: z.array(messageSchema),
    }),
  );
