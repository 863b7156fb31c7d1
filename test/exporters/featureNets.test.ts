import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensurePythonEnv } from '../../scripts/python-env.mjs';
import { featureScript } from '../../src/exporters/featureScript';

const folder = mkdtempSync(path.join(tmpdir(), 'longtail-feature-nets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const found = await ensurePythonEnv('vision');
const skip = 'missing' in found ? `skipped: ${found.missing}` : null;

const python = async (...args: readonly string[]): Promise<string> => {
  if ('missing' in found) throw new Error(found.missing);
  const own = {
    TORCH_HOME: path.join(folder, 'hub'),
    PYTHONUTF8: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  };
  const env = { ...process.env, ...found.env, ...own };
  return (await promisify(execFile)(found.python, ['-W', 'ignore', ...args], { env })).stdout;
};

describe.skipIf(skip !== null)(skip ?? 'the script run on networks of torchvision and timm', () => {
  const check = path.join(import.meta.dirname, 'check_features.py');
  const script = path.join(folder, 'extract_features.py');
  beforeAll(async () => {
    writeFileSync(script, featureScript(path.join(folder, 'data')));
    await python(check, 'make', folder);
  }, 600_000);

  for (const name of ['resnet18', 'mobilenet_v2', 'timm:resnet18'])
    it(`${name}: what goes into its last layer`, async () => {
      const out = path.join(folder, `${name.replace(':', '-')}.npz`);
      await python(script, '--model', name, '--out', out, '--batch-size', '2', '--device', 'cpu');
      // Batches of another size may be summed in another order.
      expect(Number(await python(check, 'check', folder, out, name))).toBeLessThan(1e-5);
    }, 600_000);
});
