import { parentPort, workerData } from 'node:worker_threads';
import { createLink } from '../backend/link';
import type { PartnerMessage, PartnerRequest, PartnerWorkerData } from '../backend/partner';
import type { Shape, Tensor } from '../backend/types';
import { startWasmThread } from '../backend/wasm';
import { createFeatureExtractor, type FeatureExtractor } from '../pretrained/extractor';
import { createBackbone } from './backbone';
import type { Layer, LayerStep } from './layer';
import { WeightStore } from './weights';

interface KeptPass {
  readonly x: Tensor;
  readonly step: LayerStep;
  readonly weights: WeightStore;
}

const sizeOf = (shape: Shape): number => shape.reduce((product, n) => product * n, 1);

/** Thread that runs the same layers as the first one on the other half of each batch. */
const run = async (parent: NonNullable<typeof parentPort>): Promise<void> => {
  const { memory, port } = workerData as PartnerWorkerData;
  const link = createLink(memory, 1);
  const ops = await startWasmThread(link);
  const networks = new Map<number, { weights: WeightStore; ways: readonly Layer[] }>();
  const passes = new Map<number, KeptPass>();
  const frozen = new Map<number, FeatureExtractor>();

  const release = (pass: number): void => {
    const kept = passes.get(pass);
    if (kept === undefined) return;
    passes.delete(pass);
    kept.step.release();
    ops.dispose(kept.x);
    if (!kept.step.output.isDisposed) ops.dispose(kept.step.output);
  };
  const forward = (
    request: Extract<PartnerRequest, { kind: 'forward' }>,
    data: Float32Array,
  ): void => {
    const network = networks.get(request.network);
    const layer = network?.ways[request.way];
    if (network === undefined || layer === undefined) throw new RangeError('no such network');
    const { weights } = network;
    const at = weights.load(data);
    const x = ops.tensor(data.slice(at, at + sizeOf(request.shape)), request.shape);
    if (request.pass === null) {
      const output = layer.infer(x);
      data.set(ops.read(output));
      ops.dispose(...(output === x ? [x] : [x, output]));
      return;
    }
    const step = link.together(request.shares, () => layer.train(x));
    data.set(ops.read(step.output));
    passes.set(request.pass, { x, step, weights });
  };
  const backward = (
    request: Extract<PartnerRequest, { kind: 'backward' }>,
    data: Float32Array,
  ): void => {
    const kept = passes.get(request.pass);
    if (kept === undefined) throw new RangeError('no such pass');
    const dy = ops.tensor(data.slice(0, sizeOf(request.shape)), request.shape);
    const gradients = new Map<string, Tensor>();
    const dx = link.together(request.shares, () =>
      kept.step.backward(dy, request.inputGradient, gradients),
    );
    let at = 0;
    for (const { name } of kept.weights.parameters()) {
      const gradient = gradients.get(name);
      if (gradient === undefined) continue;
      data.set(ops.read(gradient), at);
      at += gradient.size;
    }
    if (dx !== null) data.set(ops.read(dx), at);
    ops.dispose(dy, ...gradients.values(), ...(dx === null || dx === dy ? [] : [dx]));
    release(request.pass);
  };
  const answer = ({ request, data }: PartnerMessage): void => {
    switch (request.kind) {
      case 'open': {
        const weights = new WeightStore(ops, 0);
        const context = { ops, weights, group: 'backbone' } as const;
        const { layer, branches } = createBackbone(context, request.specs, request.inputShape);
        networks.set(request.network, { weights, ways: [layer, ...(branches ?? [])] });
        return;
      }
      case 'close':
        networks.get(request.network)?.weights.dispose();
        networks.delete(request.network);
        frozen.get(request.network)?.dispose();
        frozen.delete(request.network);
        return;
      case 'freeze':
        frozen.set(request.network, createFeatureExtractor(ops, request.net, request.weights));
        return;
      case 'extract': {
        const extractor = frozen.get(request.network);
        if (extractor === undefined) throw new RangeError('no such network');
        const { pixels, count, size } = request;
        new Float32Array(data).set(extractor.extract(pixels, count, size));
        link.answered();
        return;
      }
      case 'release':
        release(request.pass);
        return;
      case 'alive':
        return;
      case 'forward':
        forward(request, new Float32Array(data));
        link.answered();
        return;
      case 'backward':
        backward(request, new Float32Array(data));
        link.answered();
    }
  };
  port.addEventListener('message', ({ data }) => {
    try {
      answer(data as PartnerMessage);
    } catch (error) {
      port.postMessage(error instanceof Error ? error.message : String(error));
      link.fail();
    }
  });
  port.start();
  parent.postMessage('ready');
};

if (parentPort !== null) void run(parentPort);
