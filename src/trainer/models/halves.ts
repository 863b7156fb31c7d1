import type { Partner } from '../backend/partner';
import type { Ops, Shape, Tensor } from '../backend/types';
import type { Layer, LayerStep } from './layer';
import type { LayerSpec } from './types';
import type { WeightStore } from './weights';

/** A backbone whose second half of every large batch another thread works on. */
export interface Halves {
  /** A layer of the backbone: all of it (0), or the way through its first or second branch. */
  layer(own: Layer, way: number): Layer;
  dispose(): void;
}

const sizeOf = (shape: Shape): number => shape.reduce((product, n) => product * n, 1);

/**
 * Both threads run the same layers with the same weights, each on its rows. Batch norm takes its
 * means over both halves as it goes (Ops of the WebAssembly backend); everything else looks at a row
 * alone, and gradients of weights are sums over rows: the first thread's plus the second's.
 */
const createHalves = (
  { ops, partner }: { readonly ops: Ops; readonly partner: Partner },
  weights: WeightStore,
  specs: readonly LayerSpec[],
  inputShape: Shape,
): Halves => {
  const network = partner.number();
  partner.tell({ kind: 'open', network, specs, inputShape });
  const split = (x: Tensor) => {
    const [rows = 0, ...rest] = x.shape;
    const first = Math.ceil(rows / 2);
    const part = (begin: number, count: number): Tensor =>
      ops.slice(x, [begin, ...rest.map(() => 0)], [count, ...rest]);
    const second = part(first, rows - first);
    const numbers = ops.read(second);
    ops.dispose(second);
    return {
      own: part(0, first),
      numbers,
      shape: [rows - first, ...rest],
      shares: [first / rows, (rows - first) / rows] as const,
    };
  };
  /** One's own rows and then the other's; frees one's own. */
  const join = (own: Tensor, other: Float32Array): Tensor => {
    const [, ...rest] = own.shape;
    const rows = other.length / sizeOf(rest);
    const tensor = ops.tensor(other, [rows, ...rest]);
    const whole = ops.concat([own, tensor], 0);
    ops.dispose(tensor);
    return whole;
  };
  const small = (x: Tensor): boolean => (x.shape.at(0) ?? 0) < 2 || x.size < partner.least;
  const read = (): Float32Array[] => weights.values().map((value) => ops.read(value));

  const layer = (own: Layer, way: number): Layer => {
    const forward = <T>(x: Tensor, pass: number | null, run: (mine: Tensor) => T) => {
      const half = split(x);
      const { shape, shares, numbers } = half;
      const length = (shape.at(0) ?? 0) * sizeOf(own.outputShape);
      const both = partner.halve(
        { kind: 'forward', network, way, pass, shape, shares },
        [...read(), numbers],
        length,
        () => run(half.own),
      );
      return { mine: half.own, own: both.own, other: both.other.slice(0, length) };
    };
    const train = (x: Tensor): LayerStep => {
      const pass = partner.number();
      const { mine, own: step, other } = forward(x, pass, (half) => own.train(half));
      const open = [mine, step.output];
      const release = (): void => {
        if (open.length === 0) return;
        step.release();
        for (const tensor of open.splice(0)) if (!tensor.isDisposed) ops.dispose(tensor);
      };
      return {
        output: join(step.output, other),
        backward: (dOutput, inputGradient, gradients) => {
          const { own: dMine, shape, shares, numbers } = split(dOutput);
          const mineOf = new Map<string, Tensor>();
          const dxLength = inputGradient ? (shape.at(0) ?? 0) * sizeOf(inputShape) : 0;
          const room = weights.values().reduce((sum, { size }) => sum + size, dxLength);
          const both = partner.halve(
            { kind: 'backward', pass, shape, shares, inputGradient },
            [numbers],
            room,
            () => step.backward(dMine, inputGradient, mineOf),
          );
          let at = 0;
          for (const { name } of weights.parameters()) {
            const gradient = mineOf.get(name);
            if (gradient === undefined) continue;
            const other = ops.tensor(both.other.slice(at, at + gradient.size), gradient.shape);
            gradients.set(name, ops.add(gradient, other));
            at += gradient.size;
            ops.dispose(gradient, other);
          }
          const dx = both.own && join(both.own, both.other.slice(at, at + dxLength));
          if (both.own !== null && both.own !== dMine) ops.dispose(both.own);
          ops.dispose(dMine);
          release();
          return dx;
        },
        release: () => {
          if (open.length > 0) partner.tell({ kind: 'release', pass });
          release();
        },
      };
    };
    return {
      ...own,
      train: (x) => (small(x) ? own.train(x) : train(x)),
      infer: (x) => {
        if (small(x)) return own.infer(x);
        const { mine, own: output, other } = forward(x, null, (half) => own.infer(half));
        const whole = join(output, other);
        ops.dispose(...(mine === output ? [mine] : [mine, output]));
        return whole;
      },
    };
  };
  return {
    layer,
    dispose: () => {
      partner.tell({ kind: 'close', network });
    },
  };
};

/** Halves where the backend has a second thread and the backbone is worth one; else null. */
export const halvesFor = (
  ops: Ops,
  weights: WeightStore,
  specs: readonly LayerSpec[],
  inputShape: Shape,
): Halves | null =>
  ops.partner === null || !specs.some(({ kind }) => kind === 'conv')
    ? null
    : createHalves({ ops, partner: ops.partner }, weights, specs, inputShape);
