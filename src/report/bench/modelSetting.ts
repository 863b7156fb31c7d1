import * as z from 'zod/mini';

const named = {
  schema: z.literal('longtail.model-posthoc/1'),
  kind: z.string(),
  tau: z.optional(z.number()),
};

/**
 * What an application does to a model's outputs, kept beside the model (`model/posthoc.json`), by the
 * names of classes: scale and offset of each one's logit, null for one that is never predicted; or,
 * with several labels an item, the probability from which each is given.
 */
export const modelSetting = z.union([
  z.object({
    ...named,
    classes: z.record(z.string(), z.nullable(z.object({ scale: z.number(), offset: z.number() }))),
  }),
  z.object({ ...named, labels: z.record(z.string(), z.number()) }),
]);

export type ModelSetting = z.infer<typeof modelSetting>;
