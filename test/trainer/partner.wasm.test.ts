import { build } from 'esbuild';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tfjsPlugin } from '../../scripts/runtime/tfjsPlugin.mjs';
import { startPartner, type PartnerRequest } from '../../src/trainer/backend/partner';
import { modelSpec } from '../../src/trainer/models';

const folder = mkdtempSync(join(tmpdir(), 'longtail-partner-'));
beforeAll(async () => {
  await build({
    entryPoints: ['src/trainer/models/partnerWorker.ts'],
    ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node20' },
    ...{ outdir: folder, logLevel: 'error', plugins: [tfjsPlugin()] },
  });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The real second thread, which does something else first where it is asked for a kind of work. */
const startWith = (name: string, on: PartnerRequest['kind'], code: string) => {
  const file = join(folder, `${name}.js`);
  const hook = `({ data }) => { if (data.request.kind === '${on}') { ${code} } }`;
  const port = "require('node:worker_threads').workerData.port";
  writeFileSync(
    file,
    `${port}.addEventListener('message', ${hook});\nrequire('./partnerWorker');\n`,
  );
  return startPartner(file, 1);
};

const inputShape = [8, 8, 1];
const open: PartnerRequest = {
  ...{ kind: 'open', network: 0, inputShape },
  specs: modelSpec({ kind: 'small-cnn', width: 4 }).backbone,
};
const forward = { kind: 'forward', network: 0, way: 0, pass: 0, shares: [0.5, 0.5] } as const;
const question = { ...forward, shape: [2, ...inputShape] };
const numbers = [new Float32Array(2 * 64)];

describe('a second thread that dies', () => {
  const ended = 'train/second-thread-ended';

  it('is noticed while its answer is waited for', async () => {
    const { partner } = await startWith('answer', 'forward', 'process.exit(3)');
    partner.tell(open);
    expect(() => partner.halve(question, numbers, 1000, () => 1)).toThrow(ended);
  });

  it('is noticed while its half of a mean is waited for, and stays so', async () => {
    const { partner, link } = await startWith('mean', 'forward', 'process.exit(3)');
    partner.tell(open);
    const ask = () => partner.halve(question, numbers, 1000, () => link.mean(Float32Array.of(1)));
    expect(ask).toThrow(ended);
    expect(ask).toThrow(ended);
  });

  it('is noticed at the next question where nobody waited', async () => {
    const thrown = "process.nextTick(() => { throw new Error('lost') })";
    const { partner } = await startWith('between', 'close', thrown);
    partner.tell({ kind: 'close', network: 7 });
    expect(() => partner.halve(question, numbers, 1000, () => 1)).toThrow(ended);
  });

  it('says what went wrong where it can', async () => {
    const { partner } = await startWith('alive', 'release', '');
    const ask = () => partner.halve({ ...question, network: 9 }, numbers, 1000, () => 1);
    expect(ask).toThrow('no such network');
  });

  it('leaves an error of the own half as it is', async () => {
    const { partner } = await startWith('own', 'release', '');
    partner.tell(open);
    const ask = () =>
      partner.halve(question, numbers, 1000, () => {
        throw new RangeError('mine');
      });
    expect(ask).toThrow('mine');
  });
});
