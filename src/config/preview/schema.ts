import * as z from 'zod';
import { exactly } from '../../common/exactly';
import type { Message } from '../../common/errors';
import type { Bands } from '../../profile/types';
import type { DryRun } from './types';

const overEpochs = z.strictObject({ first: z.number(), last: z.number(), mean: z.number() });

/** What `longtail preview CONFIG --json` prints; bands and messages are the profile's. */
export const previewSchemaWith = (parts: {
  readonly bands: z.ZodType<Bands>;
  readonly message: z.ZodType<Message>;
}) =>
  exactly<DryRun>()(
    z.strictObject({
      schema: z.literal('longtail.preview/1'),
      task: z.enum(['single-label', 'multi-label']),
      bands: parts.bands,
      classes: z.array(
        z.strictObject({
          name: z.string(),
          band: z.enum(['many', 'medium', 'few']),
          before: z.number(),
          heldOut: z.strictObject({ validation: z.number(), test: z.number() }),
          count: z.number(),
          share: z.number(),
          effectivePrior: z.number(),
          target: z.number(),
          stages: z.array(
            z.strictObject({
              draws: overEpochs,
              repeats: z.number().nullable(),
              weight: z.number().nullable(),
            }),
          ),
        }),
      ),
      stages: z.array(
        z.strictObject({
          name: z.string(),
          epochs: z.number(),
          draws: overEpochs,
          batchSize: z.number(),
          steps: z.number(),
          warmupSteps: z.number(),
        }),
      ),
      parts: z.strictObject({ train: z.number(), validation: z.number(), test: z.number() }),
      memory: z
        .strictObject({ pixels: z.number(), activations: z.number(), parameters: z.number() })
        .nullable(),
      time: z.strictObject({
        seconds: z.number(),
        baselineSeconds: z.number(),
        backend: z.string(),
        runs: z.number(),
      }),
      notes: z.array(parts.message),
    }),
  );
