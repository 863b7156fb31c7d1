import { formatOf } from '../../src/dataset/detect';
import { nodeFileSource } from '../../src/dataset/nodeFileSource';
import { scanDatasetSync } from '../../src/dataset/scan';
import { loadTable } from '../../src/trainer/data/table';

/** A table on disk to the numbers a network sees, once; prints the seconds it took. */
const run = (path: string): void => {
  const begun = performance.now();
  const index = scanDatasetSync(nodeFileSource, path);
  const scanned = performance.now();
  const reader = formatOf(index.format).openSamples(nodeFileSource, index.root, index.options);
  const { rows } = reader;
  if (rows === undefined) throw new Error('not read as a table');
  const all = Uint32Array.from({ length: index.samples }, (_, row) => row);
  const none = new Uint32Array();
  const split = {
    ...{ train: all.subarray(1), validation: none, test: all.subarray(0, 1) },
    ...{ scoredSplit: 'test' as const },
  };
  const { input } = loadTable({ index, rows, split, tick: () => undefined });
  const loaded = performance.now();
  const numbers = input.batch(all, null);
  const end = performance.now();
  reader.close();
  const { user, system } = process.cpuUsage();
  process.stdout.write(
    JSON.stringify({
      parts: [scanned - begun, loaded - scanned, end - loaded].map((ms) => ms / 1000),
      seconds: (end - begun) / 1000,
      processor: (user + system) / 1e6,
      shape: [index.samples, numbers.length / index.samples],
      peak: process.resourceUsage().maxRSS * 1024,
    }),
  );
};

run(process.argv[2] ?? '');
