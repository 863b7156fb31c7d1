import * as z from 'zod';
import { exactly } from '../common/exactly';
import type { Inspection } from '../dataset/inspect/types';

const place = z.strictObject({
  path: z.string(),
  member: z.string().exactOptional(),
  row: z.number().exactOptional(),
  line: z.number().exactOptional(),
  bytes: z.strictObject({ offset: z.number(), length: z.number() }).exactOptional(),
  split: z.string(),
  labels: z.array(z.string()),
});
const places = z.array(place);

const overlaps = z.array(
  z.strictObject({ from: z.string(), to: z.string(), samples: z.number(), of: z.number() }),
);

const spread = z
  .strictObject({
    count: z.number(),
    min: z.number(),
    p5: z.number(),
    median: z.number(),
    p95: z.number(),
    max: z.number(),
  })
  .nullable();

const over = { overSplits: z.boolean(), overLabels: z.boolean() };
const pairCounts = { pairsOverSplits: z.number(), pairsOverLabels: z.number() };

/** What `longtail inspect --json` prints. */
export const inspectionSchema = exactly<Inspection>()(
  z.strictObject({
    schema: z.literal('longtail.inspection/1'),
    dataset: z.strictObject({ root: z.string(), format: z.string(), fingerprint: z.string() }),
    samples: z.number(),
    repeats: z.strictObject({
      compared: z.number(),
      unread: z.number(),
      groupCount: z.number(),
      repeated: z.number(),
      ...pairCounts,
      overlaps,
      groups: z.array(z.strictObject({ count: z.number(), ...over, places })),
    }),
    media: z.strictObject({
      empty: z.number(),
      unreadable: z.number(),
      unknown: z.number(),
      examples: places,
      width: spread,
      height: spread,
      seconds: spread,
    }),
    near: z
      .strictObject({
        radius: z.number(),
        compared: z.number(),
        flat: z.number(),
        undecodable: z.number(),
        otherKinds: z.number(),
        beyond: z.number(),
        samples: z.number(),
        pairs: z.number(),
        ...pairCounts,
        overlaps,
        listed: z.array(z.strictObject({ bits: z.number(), ...over, places })),
        undecodablePlaces: places,
        flatPlaces: places,
      })
      .exactOptional(),
  }),
);
