import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { ensurePythonEnv } from '../../scripts/python-env.mjs';
import { withNpz } from '../../src/dataset/arrays/npz';
import { nodeFileSource } from '../../src/dataset/nodeFileSource';
import { featureScript } from '../../src/exporters/featureScript';

const folder = mkdtempSync(path.join(tmpdir(), 'longtail-features-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const found = await ensurePythonEnv('torch');
const skip = 'missing' in found ? `skipped: ${found.missing}` : null;

/** Uses the script as a module: a network of its own, and files that hold one number as text. */
const use = `
import sys, pathlib
sys.path.insert(0, sys.argv[1])
import torch
from extract_features import DATASET, extract

class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.drop = torch.nn.Dropout(0.5)

    def forward(self, x):
        return self.drop(torch.stack([x, 2 * x, x * x], 1))[:, :, None]

assert DATASET.endswith('it"s a set'), DATASET
read = lambda path: float(path.read_text())
extract(Net(), lambda value: torch.tensor(value), DATASET, sys.argv[2], batch_size=2, read=read)
`;

describe.skipIf(skip !== null)(skip ?? 'the script that extracts features', () => {
  it('writes features and paths of every picture that can be read, in inference mode', async () => {
    if ('missing' in found) throw new Error(found.missing);
    const root = path.join(folder, 'it"s a set');
    const files = { 'train/b/1.PNG': '3', 'train/ä ü/2.jpg': '-0.5', 'test/b/x.jpeg': '1.5' };
    for (const [name, text] of Object.entries({ ...files, 'test/b/bad.png': '?', 'a.txt': '1' })) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      writeFileSync(path.join(root, name), text);
    }
    writeFileSync(path.join(folder, 'extract_features.py'), featureScript(root));
    writeFileSync(path.join(folder, 'use.py'), use);
    const out = path.join(folder, 'features.npz');
    const { stdout } = await promisify(execFile)(
      found.python,
      [path.join(folder, 'use.py'), folder, out],
      { env: { ...process.env, ...found.env, PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1' } },
    );
    expect(stdout).toMatch(/left out: .*bad\.png/);
    const arrays = withNpz(
      nodeFileSource,
      out,
      (entries) => new Map(entries.map((entry) => [entry.name, entry.read()])),
    );
    const paths = arrays.get('paths')?.values as readonly string[];
    expect([...paths].sort()).toEqual(Object.keys(files).sort());
    expect(arrays.get('features')?.shape).toEqual([3, 3]);
    const values = arrays.get('features')?.values as Float32Array;
    paths.forEach((name, i) => {
      const x = Number(files[name as keyof typeof files]);
      expect([...values.slice(3 * i, 3 * i + 3)]).toEqual([x, 2 * x, x * x]);
    });
  });
});
