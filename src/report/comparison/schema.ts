import * as z from 'zod/mini';
import { exactly } from '../../common/exactly';
import type { ComparisonData } from './data';

const interval = z.tuple([z.number(), z.number()]);
const difference = z.nullable(
  z.strictObject({
    value: z.number(),
    interval: z.nullable(interval),
    deviation: z.nullable(z.number()),
  }),
);
const overSeeds = z.nullable(
  z.strictObject({ mean: z.number(), deviation: z.nullable(z.number()) }),
);
const key = z.string();

/** `longtail.comparison/1`. */
export const comparisonSchema = exactly<ComparisonData>()(
  z.strictObject({
    schema: z.literal('longtail.comparison/1'),
    reference: key,
    runs: z.array(
      z.strictObject({
        key,
        title: z.string(),
        measure: z.enum(['balanced', 'mAP']),
        ids: z.array(z.string()),
        seeds: z.array(z.number()),
        scores: z.strictObject({
          main: overSeeds,
          accuracy: overSeeds,
          macroF1: overSeeds,
          ece: overSeeds,
          many: overSeeds,
          medium: overSeeds,
          few: overSeeds,
        }),
      }),
    ),
    differences: z.array(
      z.union([
        z.strictObject({
          key,
          intervals: z.string(),
          pairs: z.number(),
          covers: z.enum(['items', 'seeds', 'seeds-one', 'nothing']),
          items: z.strictObject({ common: z.number(), own: z.number(), other: z.number() }),
          balanced: difference,
          accuracy: difference,
          macroF1: difference,
          accuracyP: z.nullable(z.number()),
          bands: z.strictObject({ many: difference, medium: difference, few: difference }),
          classes: z.array(
            z.strictObject({
              name: z.string(),
              band: z.nullable(z.enum(['many', 'medium', 'few'])),
              trainCount: z.number(),
              testCount: z.number(),
              before: z.nullable(z.number()),
              after: z.nullable(z.number()),
              counts: z.nullable(z.strictObject({ before: z.number(), after: z.number() })),
              few: z.nullable(z.strictObject({ before: interval, after: interval })),
              difference,
              p: z.nullable(z.number()),
              found: z.boolean(),
            }),
          ),
        }),
        z.strictObject({ key, refused: z.string() }),
      ]),
    ),
  }),
);
