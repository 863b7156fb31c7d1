import * as z from 'zod/mini';

const count = z.number().check(z.gte(0));
const level = z.enum(['error', 'warning', 'note', 'ignore']);
/** A class's smallest count, or both. */
export const classLimitsSchema = z.union([
  count,
  z.strictObject({ min: z.optional(count), max: z.optional(count) }),
]);
const numbers = z.record(z.string(), z.number());

const scope = {
  maxImbalance: z.optional(z.number().check(z.gte(1))),
  minClass: z.optional(count),
  max: z.optional(numbers),
  min: z.optional(numbers),
  classes: z.optional(z.record(z.string(), classLimitsSchema)),
};

/** `longtail-check.yaml`, version 1, as people write it. */
export const limitsSchema = z.strictObject({
  version: z.literal(1),
  ...scope,
  splits: z.optional(z.record(z.string(), z.strictObject(scope))),
  baseline: z.optional(
    z.strictObject({
      /** The state to compare with, relative to this file. */
      file: z.optional(z.string()),
      /** What a class or a split may lose: 0.2, or “20%”. */
      maxDrop: z.optional(
        z.union([z.number().check(z.gte(0), z.lte(1)), z.string().check(z.regex(/^[\d.]+ *%$/))]),
      ),
      gone: z.optional(level),
      added: z.optional(level),
      splits: z.optional(level),
    }),
  ),
});
