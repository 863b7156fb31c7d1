import type { Random } from '../../common/random';
import { createRandom } from '../../common/random';
import { LongtailError } from '../../common/errors';
import type { Ops, Shape, Tensor } from '../backend/types';
import type { NamedWeight, Parameter, ParameterGroup } from './types';

/** How a weight starts, as Keras means the names. */
export type Initializer =
  | { readonly kind: 'he-normal'; readonly fanIn: number }
  | { readonly kind: 'glorot-uniform'; readonly fanIn: number; readonly fanOut: number }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'values'; readonly values: Float32Array };

/** A trainable weight (`trained`) or a running statistic (null). */
export interface WeightDeclaration {
  readonly name: string;
  readonly shape: Shape;
  readonly initializer: Initializer;
  readonly trained: { readonly group: ParameterGroup; readonly decay: boolean } | null;
}

export interface Weight extends WeightDeclaration {
  readonly value: Tensor;
}

/** Standard deviation of a standard normal cut at ±2 (scipy.stats.truncnorm.std(-2, 2)). */
const truncatedDeviation = 0.8796256610342398;

const truncatedNormal = (random: Random): number => {
  for (;;) {
    const value = random.nextNormal();
    if (Math.abs(value) <= 2) return value;
  }
};

const draw = (initializer: Initializer, random: Random, place: number): number => {
  switch (initializer.kind) {
    case 'he-normal':
      // He et al. 2015, equation 10; Keras cuts the normal at two deviations and rescales.
      return (truncatedNormal(random) * Math.sqrt(2 / initializer.fanIn)) / truncatedDeviation;
    case 'glorot-uniform': {
      const limit = Math.sqrt(6 / (initializer.fanIn + initializer.fanOut));
      return limit * (2 * random.nextFloat() - 1);
    }
    case 'constant':
      return initializer.value;
    case 'values':
      return initializer.values[place] ?? 0;
  }
};

/** Initial values of a weight: its own stream, so that they do not depend on the other layers. */
export const initialValues = (weight: WeightDeclaration, seed: number): Float32Array => {
  const random = createRandom(seed, 'weights', weight.name);
  const size = weight.shape.reduce((product, n) => product * n, 1);
  return Float32Array.from({ length: size }, (_, i) => draw(weight.initializer, random, i));
};

const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((n, i) => n === b[i]);

/** The weights of a network by name, in layer order. Owns their tensors. */
export class WeightStore {
  readonly #weights = new Map<string, { declaration: WeightDeclaration; value: Tensor }>();
  #heldBack: Map<string, Tensor> | null = null;

  constructor(
    readonly ops: Ops,
    readonly seed: number,
  ) {}

  /** Adds a weight with its initial values; the object returned always shows the current one. */
  declare(declaration: WeightDeclaration): Weight {
    if (this.#weights.has(declaration.name))
      throw new RangeError(`two weights are called ${declaration.name}`);
    const values = initialValues(declaration, this.seed);
    const entry = { declaration, value: this.ops.keep(this.ops.tensor(values, declaration.shape)) };
    this.#weights.set(declaration.name, entry);
    return {
      ...declaration,
      get value() {
        return entry.value;
      },
    };
  }

  /** Replaces a value, which it takes over, and frees the old one. */
  update(name: string, value: Tensor): void {
    const entry = this.#weights.get(name);
    if (entry === undefined) throw new RangeError(`no weight is called ${name}`);
    if (this.#heldBack !== null) {
      this.#heldBack.set(name, value);
      return;
    }
    this.ops.dispose(entry.value);
    entry.value = this.ops.keep(value);
  }

  /** Runs the work and gives the updates it asked for, which are not made. */
  holdBack<T>(work: () => T): {
    readonly result: T;
    readonly updates: ReadonlyMap<string, Tensor>;
  } {
    const updates = new Map<string, Tensor>();
    this.#heldBack = updates;
    try {
      return { result: work(), updates };
    } finally {
      this.#heldBack = null;
    }
  }

  /** Current values of all weights, in layer order. */
  values(): Tensor[] {
    return [...this.#weights.values()].map(({ value }) => value);
  }

  has(name: string): boolean {
    return this.#weights.has(name);
  }

  parameters(group?: ParameterGroup): Parameter[] {
    const found: Parameter[] = [];
    for (const [name, entry] of this.#weights) {
      const { trained, shape } = entry.declaration;
      if (trained === null || (group !== undefined && trained.group !== group)) continue;
      found.push({
        ...{ name, shape, group: trained.group, decay: trained.decay },
        get value() {
          return entry.value;
        },
      });
    }
    return found;
  }

  reinitialize(group: ParameterGroup | 'all', seed: number): void {
    for (const [name, { declaration }] of this.#weights) {
      // Running statistics belong to the backbone.
      const own = declaration.trained?.group ?? 'backbone';
      if (group !== 'all' && group !== own) continue;
      this.update(name, this.ops.tensor(initialValues(declaration, seed), declaration.shape));
    }
  }

  read(): Map<string, NamedWeight> {
    const weights = new Map<string, NamedWeight>();
    for (const [name, { declaration, value }] of this.#weights)
      weights.set(name, { shape: declaration.shape, values: this.ops.read(value) });
    return weights;
  }

  /** Throws `model/weights` naming the first weight that lacks or has another shape. */
  check(weights: ReadonlyMap<string, NamedWeight>): void {
    for (const [name, { declaration }] of this.#weights) {
      const given = weights.get(name);
      if (given === undefined || !sameShape(given.shape, declaration.shape))
        throw new LongtailError('model/weights', {
          name,
          expected: declaration.shape.join('×'),
          found: given === undefined ? 'nothing' : given.shape.join('×'),
        });
    }
  }

  write(weights: ReadonlyMap<string, NamedWeight>): void {
    this.check(weights);
    for (const [name, { declaration }] of this.#weights) {
      const given = weights.get(name);
      if (given !== undefined) this.update(name, this.ops.tensor(given.values, declaration.shape));
    }
  }

  /** Takes all values from the front of an array, in layer order; says how many they were. */
  load(values: Float32Array): number {
    let at = 0;
    for (const [name, { declaration, value }] of this.#weights) {
      const given = values.slice(at, at + value.size);
      at += value.size;
      this.update(name, this.ops.tensor(given, declaration.shape));
    }
    return at;
  }

  dispose(): void {
    for (const { value } of this.#weights.values()) this.ops.dispose(value);
    this.#weights.clear();
  }
}
