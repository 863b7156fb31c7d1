import * as z from 'zod';
import { exactly } from '../common/exactly';
import { messageSchema } from '../profile/schema';
import type { Recommendations } from './types';

const item = {
  id: z.string(),
  title: messageSchema,
  reason: messageSchema,
  source: z.strictObject({ paper: z.string(), place: z.string() }),
  expected: z.array(messageSchema),
  cost: messageSchema,
  whenNot: messageSchema,
  assumes: z.enum(['uniform', 'as-trained', 'given', 'any']),
  patch: z.record(z.string(), z.unknown()).nullable(),
};

const setting = z.strictObject({
  name: z.enum(['t', 'q', 'beta', 'tau']),
  value: z.union([z.number(), z.literal('auto')]),
  reason: messageSchema,
});

const framework = z.strictObject({
  name: z.string(),
  version: z.string().nullable(),
  defects: z.array(
    z.strictObject({
      id: z.string(),
      what: messageSchema,
      instead: messageSchema,
      reference: z.string(),
      versions: z.string(),
    }),
  ),
});

/** `longtail.recommendations/2`, what `longtail recommend --json` prints. */
const current = exactly<Recommendations>()(
  z.strictObject({
    schema: z.literal('longtail.recommendations/2'),
    items: z.array(
      z.strictObject({
        ...item,
        gain: z.strictObject({ points: z.number(), sets: z.array(z.string()) }).nullable(),
      }),
    ),
    settings: z.array(setting).exactOptional(),
    notRecommended: z
      .array(z.strictObject({ id: z.string(), ...messageSchema.shape }))
      .exactOptional(),
    framework: framework.exactOptional(),
  }),
);

/** Version 1 had neither gains nor settings; files of it are still valid. */
const first = z.strictObject({
  schema: z.literal('longtail.recommendations/1'),
  items: z.array(z.strictObject(item)),
});

export const recommendationsSchema = z.union([current, first]);
