import * as z from 'zod';
import { exactly } from '../common/exactly';
import { messageSchema } from '../profile/schema';
import type { CheckReport } from './types';

const level = z.enum(['error', 'warning', 'note']);

/** `longtail.check/1`, what `longtail check --format json` prints. */
export const checkSchema = exactly<CheckReport>()(
  z.strictObject({
    schema: z.literal('longtail.check/1'),
    dataset: z.strictObject({ root: z.string(), format: z.string(), fingerprint: z.string() }),
    profiledSplit: z.string(),
    passed: z.boolean(),
    classes: z.number(),
    limits: z.number(),
    baseline: z.strictObject({ fingerprint: z.string() }).nullable(),
    numbers: z.array(
      z.strictObject({
        name: z.string(),
        before: z.number().nullable(),
        now: z.number().nullable(),
      }),
    ),
    findings: z.array(
      z.strictObject({
        ...messageSchema.shape,
        level,
        class: z.string().exactOptional(),
        split: z.string().exactOptional(),
        metric: z.string().exactOptional(),
        before: z.number().exactOptional(),
        now: z.number().nullable(),
        limit: z.number().exactOptional(),
        place: z
          .strictObject({ path: z.string(), line: z.number().exactOptional() })
          .exactOptional(),
      }),
    ),
  }),
);
