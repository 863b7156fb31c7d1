// One backend's side of pretrained.mjs: node pretrainedSpeed.js BACKEND ROUNDS.
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import type { BackendChoice } from '../../src/trainer/backend/types';
import { createFeatureExtractor } from '../../src/trainer/pretrained/extractor';
import { findWeights } from '../../src/trainer/pretrained/findWeights';

const pictures = 128;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

const main = async (): Promise<void> => {
  const backend = await selectBackend(process.argv[2] as BackendChoice);
  const search = { configPath: __filename, bundleFolder: __dirname };
  const { net, weights } = findWeights({ net: 'efficientnet-lite0' }, search);
  const extractor = createFeatureExtractor(backend.ops, net, weights);
  for (const side of [128, 224]) {
    const pixels = Uint8Array.from({ length: pictures * side * side * 3 }, (_, i) => i % 251);
    extractor.extract(pixels, 32, [side, side]);
    const rates: number[] = [];
    const costs: number[] = [];
    for (let round = 0; round < Number(process.argv[3]); round++) {
      const cpu = process.cpuUsage();
      const begun = performance.now();
      extractor.extract(pixels, pictures, [side, side]);
      rates.push((1000 * pictures) / (performance.now() - begun));
      const { user, system } = process.cpuUsage(cpu);
      costs.push((user + system) / 1000 / pictures);
    }
    const line = `${backend.id} ${side} × ${side}: ${median(rates).toFixed(0)} pictures a second`;
    process.stdout.write(`${line}, ${median(costs).toFixed(1)} ms of processor time each\n`);
  }
};

void main();
