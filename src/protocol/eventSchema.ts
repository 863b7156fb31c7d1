import * as z from 'zod';
import { exactly } from '../common/exactly';
import type { Message } from '../common/errors';
import type { TrainerEvent } from './trainer';

/** One line of `events.jsonl` (`longtail.events/1`), given the schema of a message. */
export const eventSchemaWith = (message: z.ZodType<Message>) => {
  const base = {
    v: z.literal(1),
    seq: z.number(),
    attempt: z.number(),
    t: z.number(),
  };
  const role = z.enum(['baseline', 'recipe']);
  const recall = z.number().nullable();
  return exactly<TrainerEvent>()(
    z.discriminatedUnion('kind', [
      z.strictObject({
        ...base,
        kind: z.literal('run/start'),
        title: z.string(),
        backend: z.string(),
        stages: z.array(
          z.strictObject({ name: z.string(), epochs: z.number(), stepsPerEpoch: z.number() }),
        ),
        estimateSeconds: z.number().nullable(),
        classes: z.optional(
          z.strictObject({
            names: z.array(z.string()),
            counts: z.array(z.number()),
            bands: z.array(z.enum(['many', 'medium', 'few'])),
            scheme: z.enum(['count', 'lvis', 'rank', 'custom']),
          }),
        ),
      }),
      z.strictObject({
        ...base,
        kind: z.literal('features'),
        backend: z.string(),
        done: z.number(),
        total: z.number(),
        imagesPerSecond: z.number(),
        secondsLeft: z.number().nullable(),
      }),
      z.strictObject({ ...base, kind: z.literal('stage/start'), stage: z.string(), role }),
      z.strictObject({
        ...base,
        kind: z.literal('step'),
        stage: z.string(),
        step: z.number(),
        steps: z.number(),
        epoch: z.number(),
        loss: z.number(),
        learningRate: z.number(),
        imagesPerSecond: z.number(),
        secondsLeft: z.number().nullable(),
      }),
      z.strictObject({
        ...base,
        kind: z.literal('epoch'),
        stage: z.string(),
        epoch: z.number(),
        epochs: z.number(),
        loss: z.number(),
      }),
      z.strictObject({
        ...base,
        kind: z.literal('eval'),
        stage: z.string(),
        role,
        epoch: z.number(),
        step: z.optional(z.number()),
        split: z.enum(['validation', 'test']),
        accuracy: z.number(),
        balancedAccuracy: z.number().nullable(),
        meanAveragePrecision: z.optional(z.number().nullable()),
        bands: z.strictObject({ many: recall, medium: recall, few: recall }),
        recall: z.array(recall),
      }),
      z.strictObject({
        ...base,
        kind: z.literal('checkpoint'),
        stage: z.string(),
        epoch: z.number(),
        step: z.number(),
      }),
      z.strictObject({ ...base, kind: z.literal('warning'), message }),
      z.strictObject({
        ...base,
        kind: z.literal('stage/end'),
        stage: z.string(),
        seconds: z.number(),
      }),
      z.strictObject({
        ...base,
        kind: z.literal('run/end'),
        outcome: z.enum(['completed', 'stopped', 'failed']),
        error: message.exactOptional(),
      }),
    ]),
  );
};
