import { LongtailError } from '../common/errors';
import { lossMethods, lossSchema, lossTraits } from '../config/losses';
import { nearest } from '../config/nearest';
import { samplerMethods, samplerSchema, samplerTraits } from '../config/samplers';
import { weightMethods, weightSchema, weightTraits } from '../config/weights';
import { effectivePrior } from '../methods/priors';

/** How an existing model was trained, as far as it bends the prior it carries. */
export interface Trained {
  /** As the user wrote it. */
  readonly text: string;
  /** The class shares its softmax carries [C], 0 for a class without training items. */
  effectivePrior(counts: readonly number[]): Float64Array;
}

const kindsOf = (rows: readonly { readonly schema: { readonly shape: object } }[]): string[] =>
  rows.flatMap(({ schema }) => {
    const { kind } = schema.shape as { readonly kind?: { readonly def?: { values?: unknown[] } } };
    return (kind?.def?.values ?? []).map(String);
  });

/** What can be said about a training, one row a part; the config's own tables know the kinds. */
export const trainedParts = {
  sampler: { kinds: () => kindsOf(samplerMethods), schema: samplerSchema },
  weights: { kinds: () => kindsOf(weightMethods), schema: weightSchema },
  loss: { kinds: () => kindsOf(lossMethods), schema: lossSchema },
} as const;

type Part = keyof typeof trainedParts;
const parts = Object.keys(trainedParts) as readonly Part[];
const isPart = (text: string): text is Part => parts.some((part) => part === text);

const valueOf = (text: string): unknown => {
  const number = Number(text);
  return text.trim() !== '' && Number.isFinite(number) ? number : text;
};

const unknownKind = (part: Part, kind: string, given: string): LongtailError => {
  const known = trainedParts[part].kinds();
  const near = nearest(kind, known);
  return near === null
    ? new LongtailError('posthoc/trained-kind', { given, part, known })
    : new LongtailError('posthoc/trained-kind-near', { given, near: `${part}:${near}`, known });
};

/** One part, `weights:effective-number:beta=0.999`, as the config would write it. */
const readPart = (text: string): readonly [Part, unknown] => {
  const [part = '', kind = '', ...settings] = text.split(':').map((piece) => piece.trim());
  if (!isPart(part)) throw new LongtailError('posthoc/trained-part', { given: text, parts });
  if (!trainedParts[part].kinds().includes(kind)) throw unknownKind(part, kind, text);
  const pairs = settings.map((setting) => {
    const [key = '', ...value] = setting.split('=');
    return [key, valueOf(value.join('='))] as const;
  });
  const parsed = trainedParts[part].schema.safeParse({ kind, ...Object.fromEntries(pairs) });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const detail = [issue?.path.join('.') ?? '', issue?.message ?? ''].join(' ').trim();
    throw new LongtailError('posthoc/trained-settings', { given: text, detail });
  }
  return [part, parsed.data];
};

/**
 * How a model was trained: `plain`, or parts as a config names them, joined by commas:
 * `sampler:class-balanced`, `weights:inverse`, `loss:balanced-softmax`, each with its settings
 * (`sampler:power:q=0.5`). Deferred weights or samplers count as if they had held throughout:
 * training ended with them. LongtailErrors `posthoc/trained-…` name what is known.
 */
export const readTrained = (text: string): Trained => {
  const given = new Map<Part, unknown>();
  for (const piece of text.split(',').map((one) => one.trim())) {
    if (piece === 'plain' || piece === '') continue;
    const [part, settings] = readPart(piece);
    if (given.has(part)) throw new LongtailError('posthoc/trained-twice', { given: text, part });
    given.set(part, settings);
  }
  const sampler = samplerSchema.parse(given.get('sampler') ?? { kind: 'instance' });
  const weights = weightSchema.parse(given.get('weights') ?? { kind: 'none' });
  const loss = lossSchema.parse(given.get('loss') ?? { kind: 'cross-entropy' });
  return {
    text,
    effectivePrior: (counts) => {
      const classWeights = weightTraits(weights).weights(counts);
      return effectivePrior(counts, {
        samplingProbabilities: samplerTraits(sampler).probabilities(counts),
        ...(classWeights === null ? {} : { classWeights }),
        adjustedTau: lossTraits(loss).adjustedTau,
      });
    },
  };
};
