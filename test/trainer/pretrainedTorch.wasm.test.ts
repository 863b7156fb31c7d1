import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { ensurePythonEnv } from '../../scripts/python-env.mjs';
import { selectBackend } from '../../src/trainer/backend/selectBackend';
import type { Ops } from '../../src/trainer/backend/types';
import { expectTorchFeatures } from './pretrainedContract';

const python = await ensurePythonEnv('vision');
const skip = 'missing' in python ? `skipped: ${python.missing}` : null;

describe.skipIf(skip !== null)(skip ?? "torchvision's networks as wide as they are", () => {
  const folder = mkdtempSync(join(os.tmpdir(), 'longtail-torchvision-'));
  let ops: Ops;
  beforeAll(async () => {
    if ('missing' in python) throw new Error(python.missing);
    const script = join(import.meta.dirname, '../../scripts/pretrained/torchvision_reference.py');
    execFileSync(python.python, ['-W', 'ignore', script, 'whole', folder], {
      env: { ...process.env, ...python.env, PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1' },
    });
    ({ ops } = await selectBackend('wasm'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  for (const net of ['resnet18', 'resnet34', 'resnet50', 'mobilenet_v2'] as const)
    it(`${net}: the features torchvision gives`, () => {
      expectTorchFeatures(ops, net, folder);
    });
});
