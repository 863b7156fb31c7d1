import { beforeAll, describe, expect, it } from 'vitest';
import { stageSchema, type ModelConfig, type StageConfig } from '../../src/config/schema';
import { bilateralLogits, bilateralLoss } from '../../src/methods/mixing';
import { linearLogits, scaleRows } from '../../src/methods/posthoc/classifier';
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import type { BackendId, Ops } from '../../src/trainer/backend/types';
import type { Place } from '../../src/trainer/checkpoint';
import { createObjective } from '../../src/trainer/losses';
import { modelSpec } from '../../src/trainer/models';
import { classifierSpec, scaleName } from '../../src/trainer/models/classifier';
import { createNetwork } from '../../src/trainer/models/network';
import type { NamedWeight, Network } from '../../src/trainer/models/types';
import { stages } from '../../src/trainer/stages';
import { beginStage, endStage, placeClassifier } from '../../src/trainer/stages/classifier';
import { predictRows } from '../../src/trainer/stages/predict';
import { runStage, startOf, type StageHooks } from '../../src/trainer/stages/runStage';
import { expectClose } from './backendOps';
import { makeData } from './stagesContract';

const classes = 3;
const bbn: Extract<ModelConfig, { kind: 'bbn' }> = {
  kind: 'bbn',
  backbone: 'resnet-8',
  width: 4,
  adaptor: 'parabolic-decay',
};

interface Saved {
  readonly place: Place;
  readonly weights: ReadonlyMap<string, NamedWeight>;
  readonly velocities: ReadonlyMap<string, NamedWeight>;
}
const breathe = () => Promise.resolve();

const stageOf = (stage: Record<string, unknown>): StageConfig =>
  stageSchema.parse({
    ...{ name: 's', epochs: 3, sampler: { kind: 'class-balanced' } },
    optimizer: { learningRate: 0.05, batchSize: 16 },
    ...stage,
  });

const quiet: StageHooks = {
  onStep: () => undefined,
  onEpoch: () => undefined,
  shouldStop: () => false,
  checkpoint: () => undefined,
  checkpointDue: () => false,
};

/** Kinds of stages after plain training, with what they do to the classifier, on one backend. */
export const stageKindsContract = (backend: BackendId, model: ModelConfig): void => {
  let ops: Ops;
  const data = makeData();
  beforeAll(async () => {
    ({ ops } = await selectBackend(backend));
  });

  const build = (kind: ModelConfig = model, seed = 1): Network =>
    createNetwork(ops, modelSpec(kind), { inputShape: data.input.shape, classes, seed });
  const run = (network: Network, config: StageConfig, seed = 5) =>
    runStage({ ops, network, data, config, seed, stage: 0, breathe }, startOf(0), null, quiet);
  const trained = async (kind: ModelConfig = model): Promise<Network> => {
    const network = build(kind);
    await run(network, stageOf({ sampler: { kind: 'instance' } }));
    return network;
  };
  const logitsOf = async (network: Network): Promise<Float32Array> =>
    (await predictRows({ ops, network, data, breathe }, data.split.train)).logits;
  const changed = (
    before: ReadonlyMap<string, NamedWeight>,
    after: ReadonlyMap<string, NamedWeight>,
  ): readonly string[] =>
    [...after]
      .filter(([name, { values }]) => before.get(name)?.values.join() !== values.join())
      .map(([name]) => name);

  describe(`learnable weight scaling on ${backend}`, () => {
    it('is the plain classifier while the scales are one, without its bias unless kept', async () => {
      const network = await trained();
      const weights = network.getWeights();
      const plain = await logitsOf(network);
      beginStage(network, stageOf({ trainable: 'scale', scaleBias: true }), 9);
      expect(await logitsOf(network)).toEqual(plain);
      endStage(ops, network);
      expect(network.getWeights()).toEqual(weights);

      beginStage(network, stageOf({ trainable: 'scale' }), 9);
      const bias = weights.get('classifier/bias')?.values ?? [];
      expect(bias.some((b) => b !== 0)).toBe(true);
      const expected = plain.map((z, i) => z - (bias[i % classes] ?? NaN));
      expectClose(await logitsOf(network), expected, 'without bias', 1e-4);
      network.dispose();
    });

    it('ends as a linear classifier whose rows are scaled', async () => {
      const network = await trained();
      const kernel = network.getWeights().get('classifier/kernel')?.values ?? [];
      const width = network.featureWidth;
      const rows = Array.from({ length: classes * width }, (_, i) =>
        Number(kernel[(i % width) * classes + Math.floor(i / width)]),
      );
      const stage = stageOf({ trainable: 'scale', epochs: 1 });
      beginStage(network, stage, 9);
      network.update(scaleName, ops.tensor([2, 0.5, 1.25], [classes]));
      endStage(ops, network);
      expect(network.spec.classifier).toEqual(classifierSpec());
      expect(network.scaled).toBe(false);
      const { logits, features } = await predictRows(
        { ops, network, data, breathe },
        data.split.train,
      );
      const wanted = linearLogits(features, scaleRows(rows, width, [2, 0.5, 1.25]), width);
      expectClose(logits, wanted, 'scaled rows', 1e-4);
      network.dispose();
    });

    it('with the classifier along, moves the classifier at its own rate', async () => {
      const network = await trained();
      const before = network.getWeights();
      const stage = stageOf({
        trainable: 'classifier-and-scale',
        epochs: 1,
        sampler: { kind: 'instance' },
        optimizer: { learningRate: 0.01, batchSize: 4096, momentum: 0, schedule: 'constant' },
      });
      // One step of plain gradient descent: twice the rate, twice the way.
      const wayAt = async (classifierRate: number): Promise<readonly number[]> => {
        network.setWeights(before);
        await run(network, {
          ...stage,
          optimizer: { ...stage.optimizer, weightDecay: 0, classifierRate },
        });
        const at = (weights: ReadonlyMap<string, NamedWeight>): Float32Array =>
          weights.get('classifier/bias')?.values ?? new Float32Array();
        return [...at(network.getWeights())].map((b, i) => b - (at(before)[i] ?? NaN));
      };
      const [none, half, whole] = [await wayAt(1e-9), await wayAt(0.5), await wayAt(1)];
      const own = (way: readonly number[]): number[] => way.map((w, i) => w - (none[i] ?? NaN));
      expectClose(
        own(half).map((w) => 2 * w),
        own(whole),
        'rate',
        1e-4,
      );
      expect(Math.max(...own(whole).map(Math.abs))).toBeGreaterThan(1e-4);
      network.dispose();
    });
  });

  describe(`a retrained classifier on ${backend}`, () => {
    const again = stageOf({ trainable: 'classifier', init: 'again' });
    const kernels = ['classifier/kernel', 'classifier/bias'];

    it('leaves the backbone as it was, and owes nothing to the classifier before', async () => {
      const network = await trained();
      const before = network.getWeights();
      await run(network, again);
      const first = network.getWeights();
      expect(changed(before, first)).toEqual(kernels);
      network.setWeights(before);
      network.reinitialize('classifier', 77);
      await run(network, again);
      expect(changed(first, network.getWeights())).toEqual([]);
      network.setWeights(before);
      await run(network, again, 6);
      expect(changed(first, network.getWeights())).toEqual(kernels);
      network.dispose();
    });

    it('can be of another kind', async () => {
      for (const classifier of [{ kind: 'cosine' }, { kind: 'mlp', hidden: [8] }]) {
        const network = await trained();
        const before = network.getWeights();
        await run(network, stageOf({ trainable: 'classifier', classifier }));
        expect(network.spec.classifier.kind).toBe(classifier.kind);
        for (const { name } of network.backbone.parameters)
          expect(network.getWeights().get(name)).toEqual(before.get(name));
        network.dispose();
      }
    });
  });

  describe.each<[string, ModelConfig, Record<string, unknown>]>([
    ['classifier in place of another', model, { classifier: { kind: 'mlp', hidden: [8] } }],
    ['cosine classifier', model, { trainable: 'classifier', classifier: { kind: 'cosine' } }],
    ['scale', model, { trainable: 'scale' }],
    ['classifier and scale', model, { trainable: 'classifier-and-scale' }],
    ...(backend === 'cpu'
      ? []
      : ([
          ['two branches', { ...bbn, adaptor: 'linear-decay' }, {}],
          ['batch norm anew', model, { trainable: 'classifier', batchNorm: 'update' }],
        ] as [string, ModelConfig, Record<string, unknown>][])),
  ])(`%s on ${backend}`, (_, kind, stage) => {
    it('goes on from a checkpoint as if never stopped', async () => {
      const config = stageOf(stage);
      const whole = build(kind);
      await run(whole, config);
      const stopAt = 8;
      const network = build(kind);
      const saved: Saved[] = [];
      let steps = 0;
      const inputs = { ops, network, data, config, seed: 5, stage: 0, breathe };
      const { outcome } = await runStage(inputs, startOf(0), null, {
        ...quiet,
        onStep: () => (steps += 1),
        shouldStop: () => steps === stopAt,
        checkpoint: (place, optimizer) => {
          saved.push({ place, weights: network.getWeights(), velocities: optimizer.getState() });
        },
      });
      expect(outcome).toBe('stopped');
      network.dispose();
      const kept = saved.at(-1);
      if (kept === undefined) throw new Error('no checkpoint');
      const other = build(kind, 31);
      placeClassifier(other, { model: kind, stages: [config] }, kept.place);
      other.setWeights(kept.weights);
      await runStage({ ...inputs, network: other }, kept.place, kept.velocities, quiet);
      // One thread adds in one order; native may not.
      for (const [name, { values }] of whole.getWeights())
        expectClose(other.getWeights().get(name)?.values ?? [], values, name, 1e-5);
      whole.dispose();
      other.dispose();
    });
  });

  it.skipIf(backend === 'cpu')('takes batch-norm statistics anew and nothing else', async () => {
    const network = await trained();
    const before = network.getWeights();
    const own = ops.memory().tensors;
    await run(network, stageOf({ trainable: 'classifier', batchNorm: 'update', epochs: 1 }));
    const names = changed(before, network.getWeights());
    expect(names.some((name) => name.endsWith('/moving_mean'))).toBe(true);
    expect(names.every((name) => /^classifier|\/moving_(mean|variance)$/.test(name))).toBe(true);
    expect(ops.memory().tensors).toBe(own);
    network.dispose();
  });

  describe.skipIf(backend === 'cpu')(`two branches on ${backend}`, () => {
    /** Loss and gradients of the first step of an epoch. */
    const firstStep = async (adaptor: typeof bbn.adaptor, epoch: number) => {
      const network = build({ ...bbn, adaptor });
      const config = stageOf({ sampler: { kind: 'instance' }, epochs: 4 });
      const counts = data.trainCounts;
      const objective = createObjective(config, { counts, samples: 88, logitScale: 1 });
      const work = await stages.all({ ops, network, data, config, seed: 5, stage: 0, breathe });
      const positions = Uint32Array.from({ length: 12 }, (_, i) => i * 7);
      const { lossSum, gradients } = work.step(positions, objective, { epoch, at: 0 });
      const sizes = new Map(
        [...gradients].map(([name, gradient]) => [
          name,
          ops.read(gradient).reduce((sum, g) => sum + Math.abs(g), 0),
        ]),
      );
      ops.dispose(...gradients.values());
      work.dispose();
      network.dispose();
      return { loss: lossSum / positions.length, sizes };
    };
    const moves = (sizes: ReadonlyMap<string, number>, branch: string): boolean =>
      [...sizes].some(([name, size]) => name.includes(branch) && size > 0);

    it('trains the conventional one alone at share one, the other alone at share zero', async () => {
      const first = await firstStep('parabolic-decay', 0);
      expect(moves(first.sizes, 'conventional')).toBe(true);
      expect(moves(first.sizes, 'rebalancing')).toBe(false);
      const last = await firstStep('parabolic-increment', 0);
      expect(moves(last.sizes, 'conventional')).toBe(false);
      expect(moves(last.sizes, 'rebalancing')).toBe(true);
      const half = await firstStep('fixed', 0);
      expect(moves(half.sizes, 'conventional') && moves(half.sizes, 'rebalancing')).toBe(true);
      expect([...half.sizes.keys()].sort()).toEqual(
        build({ ...bbn, adaptor: 'fixed' })
          .parameters.map(({ name }) => name)
          .sort(),
      );
    });

    it('has the loss of the mixed logits, and the plain concatenation as features', () => {
      const network = build(bbn);
      const [first, second] = network.branches ?? [];
      if (!first || !second) throw new Error('no branches');
      const rows = data.split.train.slice(0, 9);
      const x = ops.tensor(data.input.batch(rows, null), [9, ...data.input.shape]);
      const ways = [first, second].map((way) => ops.read(way.forward(x, 'inference').output));
      const [a = new Float32Array(), b = new Float32Array()] = ways;
      const width = a.length / 9;
      const made = network.predict(x);
      const features = ops.read(made.features);
      for (let row = 0; row < 9; row++) {
        const own = features.subarray(row * 2 * width, (row + 1) * 2 * width);
        expectClose(own.subarray(0, width), a.subarray(row * width, (row + 1) * width), 'first');
        expectClose(own.subarray(width), b.subarray(row * width, (row + 1) * width), 'second');
      }
      const kernel = ops.read(
        network.classifier.parameters[0]?.value ?? ops.zeros([2 * width, classes]),
      );
      const weights = Array.from({ length: classes * 2 * width }, (_, i) =>
        Number(kernel[(i % (2 * width)) * classes + Math.floor(i / (2 * width))]),
      );
      const head = { weights, bias: [0, 0, 0], width };
      expectClose(ops.read(made.logits), bilateralLogits({ a, b }, head, 0.5), 'logits', 1e-4);

      // The objective of two batches is the paper's: a linear combination of two cross-entropies.
      const labels = { a: [0, 1, 2, 0, 1, 2, 0, 1, 2], b: [2, 2, 2, 1, 1, 1, 0, 0, 0] };
      const z = bilateralLogits({ a, b }, head, 0.3);
      const objective = createObjective(
        { loss: { kind: 'cross-entropy' } },
        { counts: [1, 1, 1], samples: 3, logitScale: 1 },
      );
      const [ofA, ofB] = [labels.a, labels.b].map((own) =>
        objective.evaluate(
          Float32Array.from(z),
          { labels: Int32Array.from(own), targets: null, mixed: null },
          0,
        ),
      );
      const { loss } = bilateralLoss(z, classes, labels, 0.3);
      expect((0.3 * (ofA?.lossSum ?? NaN) + 0.7 * (ofB?.lossSum ?? NaN)) / 9).toBeCloseTo(loss, 5);
      network.dispose();
    });
  });
};
