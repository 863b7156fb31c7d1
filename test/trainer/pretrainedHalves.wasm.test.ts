import { build } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tfjsPlugin } from '../../scripts/runtime/tfjsPlugin.mjs';
import type { Partner } from '../../src/trainer/backend/partner';
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import type { Ops } from '../../src/trainer/backend/types';
import { createFeatureExtractor } from '../../src/trainer/pretrained/extractor';
import { picture, tinyNet, tinyWeights } from './pretrainedContract';

describe('a frozen network on two threads', () => {
  const folder = mkdtempSync(join(os.tmpdir(), 'longtail-frozen-halves-'));
  let ops: Ops;
  beforeAll(async () => {
    await build({
      entryPoints: ['src/trainer/models/partnerWorker.ts'],
      ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node20' },
      ...{ outdir: folder, logLevel: 'error', plugins: [tfjsPlugin()] },
    });
    const partnerFile = join(folder, 'partnerWorker.js');
    ({ ops } = await selectBackend('wasm', {}, { partnerFile, least: 1, environment: {} }));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const pixels = (count: number, [height, width]: readonly [number, number]): Uint8Array =>
    Uint8Array.from(
      Array.from({ length: count }, (_, k) => [...picture(k % 5, height, width)]).flat(),
    );

  // Groups are of 16: none, one and a half, and one and two whole ones for the second thread.
  for (const [count, asked] of [
    [16, []],
    [24, [8]],
    [32, [16]],
    [70, [22]],
  ] as const)
    it(`${count} pictures have the features one thread gives, to the last bit`, () => {
      const { partner } = ops;
      if (partner === null) throw new Error('there is no second thread');
      const counts: number[] = [];
      const watched: Partner = {
        ...partner,
        halve: (question, ...rest) => {
          if (question.kind === 'extract') counts.push(question.count);
          return partner.halve(question, ...rest);
        },
      };
      const before = ops.memory().tensors;
      const halves = createFeatureExtractor({ ...ops, partner: watched }, tinyNet, tinyWeights());
      const alone = createFeatureExtractor({ ...ops, partner: null }, tinyNet, tinyWeights());
      for (const size of [
        [16, 16],
        [17, 12],
      ] as const) {
        const both = halves.extract(pixels(count, size), count, size);
        expect(both).toEqual(alone.extract(pixels(count, size), count, size));
        expect(new Set(both).size).toBeGreaterThan(4);
      }
      expect(counts).toEqual([...asked, ...asked]);
      halves.dispose();
      alone.dispose();
      expect(ops.memory().tensors).toBe(before);
    });
});
