import * as z from 'zod';
import { exactly } from '../common/exactly';
import type { SplitSummary } from '../dataset/split/types';

const byPart = z.record(z.string(), z.number());

/** `split.json`, and what `longtail split --json` prints. */
export const splitSchema = exactly<SplitSummary>()(
  z.strictObject({
    schema: z.literal('longtail.split/1'),
    dataset: z.strictObject({
      root: z.string(),
      format: z.string(),
      task: z.string(),
      fingerprint: z.string(),
    }),
    seed: z.number(),
    shares: byPart,
    from: z.string().nullable(),
    group: z
      .union([
        z.strictObject({ by: z.literal('folder') }),
        z.strictObject({ by: z.literal('prefix'), parts: z.number() }),
        z.strictObject({ by: z.literal('column'), name: z.string() }),
      ])
      .nullable(),
    groups: z.number().nullable(),
    samples: byPart,
    unlabelled: z.number(),
    classes: z.record(z.string(), byPart),
    notInEach: z.array(z.string()),
    files: z.array(z.string()),
  }),
);
