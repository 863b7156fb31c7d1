import * as z from 'zod/mini';
import { LongtailError } from '../../common/errors';
import type { ExportedModel, FrozenLayer, ModelLayer } from './types';

const count = z.int().check(z.gte(1));
const padding = z.enum(['same', 'valid']);
const named = { name: z.string() };
const positives = z.array(z.number().check(z.gt(0)));
const byName = <T extends z.ZodMiniType>(schema: T) => z.record(z.string(), schema);

const layerSchema: z.ZodMiniType<ModelLayer> = z.discriminatedUnion('kind', [
  z.strictObject({
    ...{ kind: z.literal('conv'), ...named, filters: count, size: count, stride: count },
    ...{ padding, bias: z.boolean() },
  }),
  z.strictObject({
    ...{ kind: z.literal('batch-norm'), ...named },
    ...{ epsilon: z.number().check(z.gt(0)), momentum: z.number() },
  }),
  z.strictObject({ kind: z.literal('relu'), ...named }),
  z.strictObject({ kind: z.literal('max-pool'), ...named, size: count, stride: count, padding }),
  z.strictObject({ kind: z.literal('global-average-pool'), ...named }),
  z.strictObject({ kind: z.literal('flatten'), ...named }),
  z.strictObject({ kind: z.literal('dense'), ...named, units: count, bias: z.boolean() }),
  z.strictObject({
    ...{ kind: z.literal('residual'), ...named },
    get body() {
      return z.array(layerSchema);
    },
    get shortcut() {
      return z.array(layerSchema);
    },
  }),
  z.strictObject({
    ...{ kind: z.literal('branches'), ...named },
    get first() {
      return z.array(layerSchema);
    },
    get second() {
      return z.array(layerSchema);
    },
  }),
]);

const activation = z.enum(['none', 'relu', 'relu6']);
const zeros = z.int().check(z.gte(0));

const frozenSchema: z.ZodMiniType<FrozenLayer> = z.discriminatedUnion('kind', [
  z.strictObject({
    ...{ kind: z.literal('conv'), ...named, filters: count, size: count, stride: count },
    ...{ padding: z.union([z.literal('same'), zeros]), depthwise: z.boolean(), activation },
  }),
  z.strictObject({
    ...{ kind: z.literal('max-pool'), ...named, size: count, stride: count, padding: zeros },
  }),
  z.strictObject({
    ...{ kind: z.literal('residual'), ...named, activation },
    get body() {
      return z.array(frozenSchema);
    },
    get shortcut() {
      return z.array(frozenSchema);
    },
  }),
]);

const inputSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...{ kind: z.literal('image'), height: count, width: count },
    channels: z.union([z.literal(1), z.literal(3)]),
    colours: z.enum(['rgb', 'grey']),
    resize: z.literal('cover-area-bilinear'),
    mean: z.array(z.number()),
    deviation: positives,
  }),
  z.strictObject({
    kind: z.literal('features'),
    network: z.nullable(
      z.strictObject({
        ...{ net: z.string(), weights: z.string(), height: count, width: count },
        colours: z.literal('rgb'),
        resize: z.literal('cover-bicubic'),
        mean: z.array(z.number()),
        deviation: positives,
        // Earlier exports are classifiers alone, and have no such key.
        layers: z._default(z.nullable(z.array(frozenSchema)), null),
      }),
    ),
    mean: z.array(z.number()),
    deviation: positives,
  }),
  z.strictObject({
    kind: z.literal('tabular'),
    columns: z.array(
      z.discriminatedUnion('kind', [
        z.strictObject({
          ...{ kind: z.literal('number'), ...named },
          ...{ mean: z.number(), deviation: z.number().check(z.gt(0)) },
        }),
        z.strictObject({
          ...{ kind: z.literal('category'), ...named, categories: z.array(z.string()) },
        }),
      ]),
    ),
  }),
  z.strictObject({
    ...{ kind: z.literal('text'), column: z.string(), ngrams: count, features: count },
    ...{ hash: z.literal('fnv-1a-32'), idf: z.array(z.number()) },
  }),
]);

/** `longtail.exported-model/1`. */
export const exportedModelSchema = z.strictObject({
  schema: z.literal('longtail.exported-model/1'),
  title: z.string(),
  run: z.strictObject({ id: z.string(), fingerprint: z.string(), seed: z.number() }),
  task: z.enum(['single-label', 'multi-label']),
  classes: z.array(z.string()).check(z.minLength(2)),
  training: z.strictObject({
    counts: byName(z.number().check(z.gte(0))),
    prior: byName(z.number().check(z.gte(0))),
  }),
  targetPrior: z.union([z.enum(['uniform', 'as-trained']), byName(z.number().check(z.gte(0)))]),
  input: inputSchema,
  network: z.strictObject({
    kind: z.string(),
    inputShape: z.array(count).check(z.minLength(1), z.maxLength(3)),
    layers: z.array(layerSchema),
    head: z.strictObject({ unit: z.boolean(), centred: z.boolean() }),
  }),
  posthoc: z.strictObject({
    ...{ kind: z.string(), tau: z.nullable(z.number()), from: z.enum(['report', 'kept']) },
  }),
  output: z.strictObject({
    activation: z.enum(['softmax', 'sigmoid']),
    classes: byName(z.nullable(z.strictObject({ scale: z.number(), offset: z.number() }))),
    thresholds: z.nullable(byName(z.number())),
  }),
  versions: byName(z.string()),
});

/** What an input with these settings gives the network, without the batch axis. */
const shapeOf = (input: ExportedModel['input']): readonly number[] => {
  switch (input.kind) {
    case 'image':
      return [input.height, input.width, input.channels];
    case 'features':
      return [input.mean.length];
    case 'tabular':
      return [
        input.columns.reduce(
          (sum, column) => sum + (column.kind === 'number' ? 2 : column.categories.length),
          0,
        ),
      ];
    case 'text':
      return [input.features];
  }
};

/** Channels that come out of layers of a frozen network. */
const channelsOf = (layers: readonly FrozenLayer[], into: number): number =>
  layers.reduce((width, layer) => {
    switch (layer.kind) {
      case 'conv':
        return layer.filters;
      case 'max-pool':
        return width;
      case 'residual':
        return channelsOf(layer.body, width);
    }
  }, into);

/** What of a description contradicts the rest, by the place; null where nothing does. */
const contradiction = ({ classes, training, input, network, output }: ExportedModel) => {
  if (new Set(classes).size < classes.length) return 'classes';
  const named: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    'training.counts': training.counts,
    'training.prior': training.prior,
    'output.classes': output.classes,
    ...(output.thresholds === null ? {} : { 'output.thresholds': output.thresholds }),
  };
  for (const [place, values] of Object.entries(named))
    if (
      Object.keys(values).length !== classes.length ||
      !classes.every((name) => Object.hasOwn(values, name))
    )
      return place;
  if (String(shapeOf(input)) !== String(network.inputShape)) return 'network.inputShape';
  const channels = input.kind === 'image' ? input.channels : 0;
  const lists = input.kind === 'image' || input.kind === 'features' ? [input.mean] : [];
  if (
    lists.some((mean) => 'deviation' in input && mean.length !== input.deviation.length) ||
    (input.kind === 'image' && input.mean.length !== channels) ||
    (input.kind === 'text' && input.idf.length !== input.features)
  )
    return 'input';
  const frozen = input.kind === 'features' ? (input.network?.layers ?? null) : null;
  if (frozen !== null && channelsOf(frozen, 3) !== network.inputShape[0])
    return 'input.network.layers';
  if (network.head.centred && !network.head.unit) return 'network.head';
  return null;
};

/**
 * Reads `longtail-model.json`. Throws `model/description` naming the first place that is wrong:
 * no JSON, a key that is missing, unknown or of another kind, names that are not those of the classes.
 */
export const parseExportedModel = (text: string, path: string): ExportedModel => {
  const wrong = (place: string): LongtailError =>
    new LongtailError('model/description', { path, place });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong('JSON');
  }
  const parsed = exportedModelSchema.safeParse(value);
  if (!parsed.success) throw wrong(parsed.error.issues[0]?.path.join('.') ?? '');
  const against = contradiction(parsed.data);
  if (against !== null) throw wrong(against);
  return parsed.data;
};
