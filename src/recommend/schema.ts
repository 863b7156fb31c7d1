import * as z from 'zod';
import { exactly } from '../common/exactly';
import { messageSchema } from '../profile/schema';
import type { Recommendations } from './types';

/** `longtail.recommendations/1`, what `longtail recommend --json` prints. */
export const recommendationsSchema = exactly<Recommendations>()(
  z.strictObject({
    schema: z.literal('longtail.recommendations/1'),
    items: z.array(
      z.strictObject({
        id: z.string(),
        title: messageSchema,
        reason: messageSchema,
        source: z.strictObject({ paper: z.string(), place: z.string() }),
        expected: z.array(messageSchema),
        cost: messageSchema,
        whenNot: messageSchema,
        assumes: z.enum(['uniform', 'as-trained', 'given', 'any']),
        patch: z.record(z.string(), z.unknown()).nullable(),
      }),
    ),
  }),
);
