import * as z from 'zod/mini';
import { LongtailError } from '../../common/errors';
import type { ModelInput } from '../../config/exportedModel/types';

const numbers = z.array(z.number());
const colours = z.object({ mean: numbers, deviation: numbers });

/** How `model.json` of a run says what became of its samples. */
const storedInput = z.union([
  z.object({
    ...{ kind: z.literal('image'), height: z.number(), width: z.number() },
    ...{ channels: z.union([z.literal(1), z.literal(3)]), mean: numbers, deviation: numbers },
  }),
  z.object({
    ...{ kind: z.literal('features'), net: z.string(), weights: z.string() },
    ...{ height: z.number(), width: z.number(), input: colours },
    ...{ mean: numbers, deviation: numbers },
  }),
  z.object({
    ...{ kind: z.literal('features'), file: z.string(), mean: numbers, deviation: numbers },
  }),
  z.object({
    kind: z.literal('tabular'),
    columns: z.array(
      z.union([
        z.object({
          ...{ kind: z.literal('number'), name: z.string() },
          ...{ mean: z.number(), deviation: z.number() },
        }),
        z.object({
          ...{ kind: z.literal('category'), name: z.string(), categories: z.array(z.string()) },
        }),
      ]),
    ),
  }),
  z.object({
    ...{ kind: z.literal('text'), column: z.string(), ngrams: z.number(), features: z.number() },
    ...{ hash: z.literal('fnv-1a-32'), idf: numbers },
  }),
]);

/** What a run keeps of its input, in the words of an exported model. Throws `model/description`. */
export const modelInputOf = (stored: unknown, path: string): ModelInput => {
  const parsed = storedInput.safeParse(stored);
  if (!parsed.success) throw new LongtailError('model/description', { path, place: 'input' });
  const input = parsed.data;
  switch (input.kind) {
    case 'image':
      return {
        ...input,
        colours: input.channels === 3 ? 'rgb' : 'grey',
        resize: 'cover-area-bilinear',
      };
    case 'features': {
      const { kind, mean, deviation } = input;
      if ('file' in input) return { kind, network: null, mean, deviation };
      const { net, weights, height, width } = input;
      const network = {
        ...{ net, weights, height, width },
        ...({ colours: 'rgb', resize: 'cover-bicubic' } as const),
        ...input.input,
        layers: null,
      };
      return { kind, network, mean, deviation };
    }
    case 'tabular':
    case 'text':
      return input;
  }
};
