import * as z from 'zod';
import { exactly } from '../common/exactly';
import type { Issue, Message } from '../common/errors';
import type { Bands, LongTailProfile } from './types';

const params = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
);

/** A code with the values its sentence names. */
export const messageSchema = exactly<Message>()(z.strictObject({ code: z.string(), params }));

const issueSchema = exactly<Issue>()(
  z.strictObject({
    code: z.string(),
    params,
    severity: z.enum(['error', 'warning', 'info']),
    path: z.string().exactOptional(),
    line: z.number().exactOptional(),
    count: z.number().exactOptional(),
  }),
);

export const bandsSchema = exactly<Bands>()(
  z.strictObject({
    scheme: z.enum(['count', 'rank', 'lvis', 'custom']),
    thresholds: z.strictObject({ manyAbove: z.number(), fewBelow: z.number() }),
  }),
);

/** `longtail.profile/1`, what `longtail scan --json` prints. */
export const profileSchema = exactly<LongTailProfile>()(
  z.strictObject({
    schema: z.literal('longtail.profile/1'),
    dataset: z.strictObject({
      root: z.string(),
      format: z.string(),
      task: z.enum(['single-label', 'multi-label', 'detection', 'segmentation', 'sequence']),
      modality: z.enum(['image', 'tabular', 'text', 'audio', 'none']),
      fingerprint: z.string(),
    }),
    samples: z.number(),
    unlabelled: z.number(),
    partial: z.strictObject({ share: z.number() }).exactOptional(),
    profiledSplit: z.string(),
    bands: bandsSchema,
    classes: z.array(
      z.strictObject({
        name: z.string(),
        count: z.number(),
        images: z.number().exactOptional(),
        splits: z.record(z.string(), z.number()),
        band: z.enum(['many', 'medium', 'few']),
      }),
    ),
    splits: z.record(z.string(), z.strictObject({ samples: z.number(), labels: z.number() })),
    metrics: z.record(z.string(), z.number().nullable()),
    issues: z.array(issueSchema),
    audit: z
      .strictObject({
        splits: z.array(
          z.strictObject({
            name: z.string(),
            samples: z.number(),
            absent: z.number(),
            fewToMeasure: z.number(),
            distance: z.number(),
            drifted: z.number().nullable(),
          }),
        ),
        findings: z.array(issueSchema),
      })
      .exactOptional(),
  }),
);
