import type { Partner } from '../backend/partner';
import type { Ops, Recorder, Tensor } from '../backend/types';
import type { FrozenWeights } from './fold';
import type { NetLayer, PretrainedNet } from './netTypes';

/** A frozen network on a backend. */
export interface FeatureExtractor {
  /**
   * Features [count, width] of pictures as bytes, red green blue, one after the other; `side` is
   * height and width.
   */
  extract(pixels: Uint8Array, count: number, size: readonly [number, number]): Float32Array;
  dispose(): void;
}

/** Pictures that go through the network together: activations of so few stay in the caches. */
const picturesAtOnce = 16;

type Run = (x: Tensor) => Tensor;

/** Runs layers one after the other and frees what lies between. */
const inOrder =
  (ops: Ops, layers: readonly Run[]): Run =>
  (x) => {
    let y = x;
    for (const layer of layers) {
      const next = layer(y);
      if (y !== x) ops.dispose(y);
      y = next;
    }
    return y;
  };

/** The layers as functions. Makes the tensors of the weights, which it puts into `owned`. */
const buildNet = (ops: Ops, net: PretrainedNet, weights: FrozenWeights, owned: Tensor[]): Run => {
  const own = (values: Float32Array, shape: readonly number[]): Tensor => {
    const tensor = ops.tensor(values, shape);
    owned.push(tensor);
    return tensor;
  };
  const padded = (x: Tensor, padding: number, run: Run): Tensor => {
    if (padding === 0) return run(x);
    return ops.tidy(() => run(ops.padImage(x, padding)));
  };
  const build = (layer: NetLayer): Run => {
    switch (layer.kind) {
      case 'conv': {
        const found = weights.get(layer.name);
        if (found === undefined) throw new RangeError(`no weights of ${layer.name}`);
        const kernel = own(found.kernel.values, found.kernel.shape);
        const bias = own(found.bias.values, found.bias.shape);
        const { stride, depthwise, activation, padding } = layer;
        // With stride 1 both paddings of an odd kernel are the same, and this one copies nothing.
        const even = stride === 1 && 2 * Number(padding) + 1 === found.kernel.shape[0];
        const same = padding === 'same' || even;
        const options = {
          stride,
          padding: same ? 'same' : 'valid',
          depthwise,
          activation,
        } as const;
        const run: Run = (x) => ops.convBiasActivation(x, kernel, bias, options);
        return same ? run : (x) => padded(x, padding, run);
      }
      case 'max-pool': {
        const { size, stride, padding } = layer;
        // Zeros around are harmless: what comes in went through a ReLU.
        return (x) => padded(x, padding, (y) => ops.maxPool(y, { size, stride, padding: 'valid' }));
      }
      case 'residual': {
        const body = inOrder(ops, layer.body.map(build));
        const side = layer.shortcut.length === 0 ? null : inOrder(ops, layer.shortcut.map(build));
        return (x) =>
          ops.tidy(() => {
            const sum = ops.add(body(x), side === null ? x : side(x));
            return layer.activation === 'none' ? sum : ops.relu(sum);
          });
      }
    }
  };
  const run = inOrder(ops, net.layers.map(build));
  return (x) => ops.tidy(() => ops.globalAveragePool(run(x)));
};

/** A network for one size of picture; always the same number of them. */
interface Prepared {
  readonly run: Run;
  dispose(): void;
}

/** The operations one by one. */
const prepareEager = (ops: Ops, net: PretrainedNet, weights: FrozenWeights): Prepared => {
  const owned: Tensor[] = [];
  const run = buildNet(ops, net, weights, owned);
  for (const tensor of owned) ops.keep(tensor);
  return { run, dispose: () => ops.dispose(...owned) };
};

/** The operations as one graph, in which TensorFlow joins convolution, bias and activation. */
const prepareGraph = (
  ops: Ops,
  recorder: Recorder,
  make: (owned: Tensor[]) => Run,
  shape: readonly number[],
): Prepared =>
  ops.tidy(() => {
    const x = ops.zeros(shape);
    const { recording, result } = recorder.record([x], (recorded, within) => {
      const y = make([])(x);
      return within.callable([recorded(x)], [recorded(y)]);
    });
    const run: Run = (input) => {
      const [y] = result([input]);
      if (y === undefined) throw new RangeError('the graph gave nothing');
      return y;
    };
    return { run, dispose: () => recording.dispose() };
  });

type Extract = FeatureExtractor['extract'];

/**
 * Pictures as bytes to features, a few at once, always as many: `runFor` gives the network for a
 * batch of that shape.
 */
export const inGroups = (
  ops: Ops,
  { width, input }: Pick<PretrainedNet, 'width' | 'input'>,
  runFor: (shape: readonly number[]) => Run,
): Extract => {
  const { mean, deviation } = input;
  const table = Float32Array.from(
    { length: 3 * 256 },
    (_, i) => ((i & 255) - (mean[i >> 8] ?? 0)) / (deviation[i >> 8] ?? 1),
  );
  const scaled = (pixels: Uint8Array, length: number): Float32Array => {
    const values = new Float32Array(length);
    for (let i = 0; i + 2 < pixels.length; i += 3) {
      values[i] = table[pixels[i] ?? 0] ?? 0;
      values[i + 1] = table[256 + (pixels[i + 1] ?? 0)] ?? 0;
      values[i + 2] = table[512 + (pixels[i + 2] ?? 0)] ?? 0;
    }
    return values;
  };
  return (pixels, count, [height, wide]) => {
    const features = new Float32Array(count * width);
    const size = height * wide * 3;
    const shape = [picturesAtOnce, height, wide, 3];
    const run = runFor(shape);
    for (let done = 0; done < count; done += picturesAtOnce) {
      const n = Math.min(picturesAtOnce, count - done);
      // The last few are filled up with grey ones: the shape stays.
      const values = scaled(pixels.subarray(done * size, (done + n) * size), picturesAtOnce * size);
      const x = ops.tensor(values, shape);
      const pooled = run(x);
      features.set(ops.read(pooled).subarray(0, n * width), done * width);
      ops.dispose(x, pooled);
    }
    return features;
  };
};

/**
 * The network on a second thread as well, which takes half of the groups. A group is made of the
 * same pictures as without it, so the features are the same to the last bit.
 */
const createSecond = (partner: Partner, net: PretrainedNet, weights: FrozenWeights) => {
  const state: { network: number | null } = { network: null };
  return {
    extract: (
      pixels: Uint8Array,
      count: number,
      size: readonly [number, number],
      alone: Extract,
    ): Float32Array => {
      const groups = Math.ceil(count / picturesAtOnce);
      if (groups < 2 || pixels.length < partner.least) return alone(pixels, count, size);
      if (state.network === null) {
        state.network = partner.number();
        partner.tell({ kind: 'freeze', network: state.network, net, weights });
      }
      const first = Math.ceil(groups / 2) * picturesAtOnce;
      const rest = count - first;
      const [height, width] = size;
      const question = {
        ...({ kind: 'extract', network: state.network, count: rest, size } as const),
        // A copy: a window would take all it looks into along.
        pixels: pixels.slice(first * height * width * 3, count * height * width * 3),
        shares: [first / count, rest / count],
      } as const;
      const room = rest * net.width;
      const { own, other } = partner.halve(question, [], room, () => alone(pixels, first, size));
      const features = new Float32Array(count * net.width);
      features.set(own);
      features.set(other.subarray(0, room), own.length);
      return features;
    },
    dispose: (): void => {
      if (state.network !== null) partner.tell({ kind: 'close', network: state.network });
    },
  };
};

/** A network of frozen weights, ready to run. `weights` must hold every convolution of the net. */
export const createFeatureExtractor = (
  ops: Ops,
  net: PretrainedNet,
  weights: FrozenWeights,
): FeatureExtractor => {
  const prepared = new Map<string, Prepared>();
  const prepare = (shape: readonly number[]): Prepared => {
    // A graph is of one shape; operations one by one take any.
    const key = ops.recorder === null ? '' : shape.join('×');
    const known = prepared.get(key);
    if (known !== undefined) return known;
    const made =
      ops.recorder === null
        ? prepareEager(ops, net, weights)
        : prepareGraph(ops, ops.recorder, (owned) => buildNet(ops, net, weights, owned), shape);
    prepared.set(key, made);
    return made;
  };
  const alone = inGroups(ops, net, (shape) => prepare(shape).run);
  const second = ops.partner === null ? null : createSecond(ops.partner, net, weights);
  return {
    extract: (pixels, count, size) =>
      second === null ? alone(pixels, count, size) : second.extract(pixels, count, size, alone),
    dispose: () => {
      second?.dispose();
      for (const one of prepared.values()) one.dispose();
      prepared.clear();
    },
  };
};
