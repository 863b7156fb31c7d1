import { LongtailError } from '../../common/errors';
import type { Ops, Tensor } from '../backend/types';
import type { NamedWeight, Network, Optimizer, OptimizerOptions, Parameter } from './types';

/** SGD with momentum as PyTorch defines it; velocities start at zero. */
export const createSgd = (ops: Ops, network: Network, options: OptimizerOptions): Optimizer => {
  const parameters = new Map(network.parameters.map((parameter) => [parameter.name, parameter]));
  const velocities = new Map<string, Tensor>();
  const decays = ({ decay, group }: Parameter): boolean =>
    decay && (options.decayOn !== 'backbone' || group === 'backbone');
  const put = (name: string, velocity: Tensor): void => {
    const old = velocities.get(name);
    velocities.set(name, ops.keep(velocity));
    if (old !== undefined) ops.dispose(old);
  };
  const clear = (): void => {
    ops.dispose(...velocities.values());
    velocities.clear();
  };
  return {
    step: (gradients, learningRate) => {
      for (const [name, gradient] of gradients) {
        const parameter = parameters.get(name);
        if (parameter === undefined) throw new RangeError(`${name} is not a parameter`);
        if (!velocities.has(name)) put(name, ops.zeros(parameter.shape));
        const velocity = velocities.get(name) ?? gradient;
        const next = ops.momentumStep(parameter.value, velocity, gradient, {
          learningRate: learningRate * (options.rateOf?.(parameter) ?? 1),
          momentum: options.momentum,
          nesterov: options.nesterov,
          weightDecay: decays(parameter) ? options.weightDecay : 0,
        });
        ops.dispose(gradient);
        put(name, next.velocity);
        network.update(name, next.weight);
      }
    },
    getState: () => {
      const state = new Map<string, NamedWeight>();
      for (const [name, velocity] of velocities)
        state.set(name, { shape: velocity.shape, values: ops.read(velocity) });
      return state;
    },
    setState: (state) => {
      clear();
      for (const [name, { shape, values }] of state) {
        if (parameters.get(name)?.shape.join() !== shape.join())
          throw new LongtailError('model/weights', {
            name,
            expected: parameters.get(name)?.shape.join('×') ?? 'nothing',
            found: shape.join('×'),
          });
        put(name, ops.tensor(values, shape));
      }
    },
    dispose: clear,
  };
};
