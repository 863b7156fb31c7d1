import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/common/random';
import type { RebalanceConfig } from '../../src/config/schema';
import { serializeConfig } from '../../src/config/serialize';
import { readNpz } from '../../src/trainer/npz';
import type { BackendId } from '../../src/trainer/backend/types';
import { coveringRuns, type Problems } from './repeatRuns';
import { createBench, lasting, reportOf } from './runs';
import { writeTinyDataset } from './tinyDataset';

const table = (random: ReturnType<typeof createRandom>): string => {
  const rows = Array.from({ length: 180 }, (_, i) => {
    const own = i % 9 === 0 ? 'rare' : 'often';
    const number = random.nextNormal() + (own === 'rare' ? 2 : 0);
    const place = ['here', 'there', ''][random.nextInt(3)] ?? '';
    return `${random.nextInt(8) === 0 ? '' : number.toFixed(3)},${place},${own}`;
  });
  return `size,place,label\n${rows.join('\n')}\n`;
};

const severalLabels = (random: ReturnType<typeof createRandom>): string => {
  const shares = { rain: 0.5, wind: 0.3, snow: 0.15, fog: 0.1 };
  const rows = Array.from({ length: 220 }, () => {
    const own = Object.entries(shares).flatMap(([name, share]) =>
      random.nextFloat() < share ? [name] : [],
    );
    return `${random.nextNormal().toFixed(3)},${(random.nextNormal() + own.length).toFixed(3)},${own.join('|')}`;
  });
  return `a,b,label\n${rows.join('\n')}\n`;
};

const texts = (random: ReturnType<typeof createRandom>): string => {
  const common = 'the of and to in was for with that this from about'.split(' ');
  const rows = Array.from({ length: 120 }, (_, i) => {
    const topic = i % 8 === 0 ? 'space' : 'sport';
    const own = Array.from({ length: 12 }, () => common[random.nextInt(common.length)] ?? '');
    return `${[...own, topic === 'space' ? 'orbit' : 'team'].join(' ')},${topic}`;
  });
  return `body,label\n${rows.join('\n')}\n`;
};

const writeProblems = (root: string): Problems => {
  const { root: pictures } = writeTinyDataset(join(root, 'pictures'), { a: 72, b: 24, c: 8 });
  const write = (name: string, make: (random: ReturnType<typeof createRandom>) => string) => {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'data.csv'), make(createRandom(2, name)));
    return join(root, name);
  };
  return {
    pictures,
    table: write('table', table),
    labels: write('labels', severalLabels),
    texts: write('texts', texts),
  };
};

const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
const weightsPath = join(cache, 'longtail', 'pretrained', 'efficientnet-lite0.ltw');

/** Numbers that a run leaves beside its report. */
const numberFiles = ['predictions/validation.npz', 'predictions/test.npz', 'model/weights.npz'];

/**
 * Every listed method trained twice on one backend, in two processes at a time with nothing shared
 * but the dataset: equal reports except timings, memory and ids, and the same bits in predictions
 * and weights. On native that is of one machine, whose cores decide the number of threads.
 */
export const repeatContract = (backend: BackendId): void => {
  const root = mkdtempSync(join(tmpdir(), `longtail-repeat-${backend}-`));
  const problems = writeProblems(root);
  const runs = coveringRuns(backend, problems).map((run) => {
    const skipped = run.config.model.kind === 'pretrained' && !existsSync(weightsPath);
    return { ...run, skipped, name: skipped ? `skipped: ${weightsPath} is missing` : run.name };
  });
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  const train = (configs: readonly RebalanceConfig[]) =>
    Promise.all(
      configs.map(async (config, i) => {
        const bench = createBench(join(root, `bench ${i}`), '');
        const path = join(bench.folder, 'longtail.yaml');
        writeFileSync(path, serializeConfig(config));
        const run = bench.start(path, { baseline: 'skip' });
        const report = reportOf(await run.finished);
        return { report, arrays: (file: string) => readNpz(join(run.folder, file)) };
      }),
    );

  describe(`the same numbers each time on ${backend}`, () => {
    for (const { name, config, skipped } of runs)
      it.skipIf(skipped)(name, async () => {
        const [first, second] = await train([config, config]);
        expect(first?.report.backend).toBe(backend);
        if (first === undefined || second === undefined) throw new Error('two runs');
        expect(lasting(second.report)).toEqual(lasting(first.report));
        for (const file of numberFiles) expect(second.arrays(file)).toEqual(first.arrays(file));
      });

    it('and others with another seed', async () => {
      const [one] = runs;
      if (one === undefined) throw new Error('no runs');
      const [first, second] = await train([one.config, { ...one.config, seed: 6 }]);
      for (const file of numberFiles) expect(second?.arrays(file)).not.toEqual(first?.arrays(file));
    });
  });
};
