import type { ExportedModel, ModelLayer } from '../../config/exportedModel/types';
import { at } from '../../methods/numbers';
import type { MeanVariant } from '../../methods/posthoc';
import { cosineEpsilon, hiddenLayers, scaleName } from '../models/classifier';
import type { LayerSpec, ModelSpec, NamedWeight } from '../models/types';

/** A trained network in the form it is used in: layers, then one dense layer on their features. */
export interface ServedNetwork {
  readonly layers: readonly ModelLayer[];
  readonly head: ExportedModel['network']['head'];
  readonly weights: ReadonlyMap<string, NamedWeight>;
}

/** Means of the classes' features, and how features are compared with them. */
export interface ClassMeans {
  /** [C][D]; zeros for a class without items. */
  readonly means: Float32Array;
  /** Mean of all training features [D]. */
  readonly centre: Float32Array;
  readonly variant: MeanVariant;
}

/** The dense layer on top: kernel [D][C], bias [C]. */
interface Dense {
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
  readonly centre: Float32Array | null;
  readonly unit: boolean;
}

const served = (spec: LayerSpec): ModelLayer => {
  switch (spec.kind) {
    case 'conv': {
      const { kind, name, filters, size, stride, padding, bias } = spec;
      return { kind, name, filters, size, stride, padding, bias };
    }
    case 'dense': {
      const { kind, name, units, bias } = spec;
      return { kind, name, units, bias };
    }
    case 'residual': {
      const { kind, name, body, shortcut } = spec;
      return { kind, name, body: body.map(served), shortcut: shortcut.map(served) };
    }
    case 'branches': {
      const { kind, name, first, second } = spec;
      return { kind, name, first: first.map(served), second: second.map(served) };
    }
    case 'batch-norm':
    case 'relu':
    case 'max-pool':
    case 'global-average-pool':
    case 'flatten':
      return spec;
  }
};

/** The layers of a description as they are built; none of them is trained any more. */
export const specOf = (layer: ModelLayer): LayerSpec => {
  switch (layer.kind) {
    case 'conv':
    case 'dense':
      return { ...layer, decay: false };
    case 'residual':
      return { ...layer, body: layer.body.map(specOf), shortcut: layer.shortcut.map(specOf) };
    case 'branches': {
      const { kind, name, first, second } = layer;
      return {
        kind,
        name,
        schedule: 'fixed',
        first: first.map(specOf),
        second: second.map(specOf),
      };
    }
    case 'batch-norm':
    case 'relu':
    case 'max-pool':
    case 'global-average-pool':
    case 'flatten':
      return layer;
  }
};

const valuesOf = (weights: ReadonlyMap<string, NamedWeight>, name: string): Float32Array | null =>
  weights.get(name)?.values ?? null;

/** The trained classifier, its learned scales inside; of cosines the rows have the scale's length. */
const ownClassifier = (
  { classifier }: ModelSpec,
  weights: ReadonlyMap<string, NamedWeight>,
  classes: number,
): Dense => {
  const { name } = classifier;
  const kernel = valuesOf(weights, `${name}/kernel`) ?? new Float32Array();
  const bias = valuesOf(weights, `${name}/bias`) ?? new Float32Array(classes);
  const learned = valuesOf(weights, scaleName);
  const factors = Float64Array.from({ length: classes }, (_, j) => {
    const scale = learned === null ? 1 : at(learned, j);
    if (classifier.kind !== 'cosine') return scale;
    let squares = cosineEpsilon;
    for (let i = j; i < kernel.length; i += classes) squares += at(kernel, i) ** 2;
    return (scale * classifier.scale) / Math.sqrt(squares);
  });
  return {
    kernel: kernel.map((w, i) => w * at(factors, i % classes)),
    bias: bias.map((b, j) => b * at(factors, j)),
    centre: null,
    unit: classifier.kind === 'cosine',
  };
};

/**
 * Nearest class means as a dense layer. Of −|x − m|² only 2x·(m − c) − |m − c|² − 2c·(m − c)
 * differs between classes, for any c; products and cosines are linear in a prepared row anyway.
 */
const meansClassifier = ({ means, centre, variant }: ClassMeans): Dense => {
  const width = centre.length;
  const classes = means.length / width;
  const kernel = new Float32Array(width * classes);
  const bias = new Float32Array(classes);
  // Prepared rows lie around zero; raw ones around the centre.
  const origin = variant.features === 'raw' ? centre : new Float32Array(width);
  for (let j = 0; j < classes; j++) {
    const row = means.subarray(j * width, (j + 1) * width);
    const norm = Math.max(Math.hypot(...row), 1e-12);
    for (let d = 0; d < width; d++) {
      const [m, c] = [at(row, d), at(origin, d)];
      const place = d * classes + j;
      if (variant.similarity === 'l2') {
        kernel[place] = 2 * (m - c);
        bias[j] = at(bias, j) - (m - c) ** 2 - 2 * c * (m - c);
      } else kernel[place] = m / (variant.similarity === 'dot' ? width : norm);
    }
  }
  return {
    ...{ kernel, bias, unit: variant.features !== 'raw' },
    centre: variant.features === 'centred' ? centre : null,
  };
};

/**
 * Brings a trained network into the form it is used in: hidden layers of the classifier go to the
 * others, learned scales into its rows, cosines become a product of features of length one, and
 * class means, where they are given, take the classifier's place.
 */
export const serveNetwork = (
  spec: ModelSpec,
  trained: ReadonlyMap<string, NamedWeight>,
  classes: number,
  means: ClassMeans | null,
): ServedNetwork => {
  const { classifier } = spec;
  const dense = means === null ? ownClassifier(spec, trained, classes) : meansClassifier(means);
  const { kernel, bias, centre, unit } = dense;
  const hidden = means === null && classifier.kind === 'mlp' ? hiddenLayers(classifier) : [];
  const top = new Set([`${classifier.name}/kernel`, `${classifier.name}/bias`, scaleName]);
  const below = [...trained].filter(
    ([name]) => !top.has(name) && (means === null || !name.startsWith(`${classifier.name}_hidden`)),
  );
  const width = kernel.length / classes;
  return {
    layers: [...spec.backbone, ...hidden].map(served),
    head: { unit, centred: centre !== null },
    weights: new Map([
      ...below,
      ['classifier/kernel', { shape: [width, classes], values: kernel }],
      ['classifier/bias', { shape: [classes], values: bias }],
      ...(centre === null ? [] : [['centre/mean', { shape: [width], values: centre }] as const]),
    ]),
  };
};
