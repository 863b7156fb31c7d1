import * as z from 'zod/mini';
import type { CombinationRow } from '../../src/config/combinationRows';
import { lossSchema } from '../../src/config/losses';
import { mixingSchema } from '../../src/config/mixing';
import { samplerSchema } from '../../src/config/samplers';
import {
  classifierSchema,
  optimizerSchema,
  posthocSchema,
  stageSchema,
} from '../../src/config/schema';
import { weightSchema } from '../../src/config/weights';

const kinds = (family: string, union: z.ZodMiniDiscriminatedUnion): readonly string[] =>
  union._zod.def.options.flatMap((option) => {
    const kind = option instanceof z.ZodMiniObject ? (option.shape['kind'] as unknown) : undefined;
    return kind instanceof z.ZodMiniLiteral ? [`${family}:${String(kind._zod.def.values[0])}`] : [];
  });

/** The words an optional choice takes. */
const choices = <T extends z.core.util.EnumLike>(
  schema: z.ZodMiniDefault<z.ZodMiniEnum<T>>,
): readonly string[] => Object.values(schema._zod.def.innerType._zod.def.entries).map(String);

/** Methods (`family:kind`) that the schema can say today. */
export const expressibleMethods = (): ReadonlySet<string> =>
  new Set([
    ...kinds('sampler', samplerSchema),
    ...kinds('loss', lossSchema),
    ...kinds('weights', weightSchema),
    ...kinds('mixing', mixingSchema),
    ...kinds('head', classifierSchema),
    ...kinds('posthoc', posthocSchema),
    ...choices(stageSchema.shape.trainable).map((kind) => `trainable:${kind}`),
    ...choices(stageSchema.shape.init).map((kind) => `init:${kind}`),
    ...optimizerSchema.shape.kind._zod.def.innerType._zod.def.values.map(
      (kind) => `optimizer:${kind}`,
    ),
    'splits:validation',
    'input:tail-copies',
  ]);

/** Whether a config can say every method a row speaks of, so that the row is in force. */
export const isExpressible = (row: CombinationRow): boolean => {
  const known = expressibleMethods();
  return row.needs.every((method) => known.has(method));
};
