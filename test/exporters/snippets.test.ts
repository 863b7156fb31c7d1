import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { ensurePythonEnv } from '../../scripts/python-env.mjs';
import { nodeFileSource } from '../../src/dataset/nodeFileSource';
import { scanDatasetSync } from '../../src/dataset/scan';
import { exportSnippet, frameworks, type Framework } from '../../src/exporters/snippets';
import { profileDataset } from '../../src/profile/profile';
import type { LongTailProfile } from '../../src/profile/types';
import { cifarCounts, profileOf } from '../support/configs';

const hostileNames = [
  '"}\npwned = 1\n_ = {"',
  "\\'); pwned = 1 #",
  '\u2028pwned = 1\r',
  '{pwned} %s \u0000 \ud800',
];
const hostile = profileOf({ counts: [5, 4, 3, 2], names: hostileNames });

const folder = mkdtempSync(path.join(tmpdir(), 'longtail-snippets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The profile of a table that holds nothing but labels, read as the scan reads it. */
const scanned = (csv: string): LongTailProfile => {
  const file = path.join(folder, 'labels only.csv');
  writeFileSync(file, csv);
  return profileDataset(scanDatasetSync(nodeFileSource, file));
};

/** File name → profile whose snippet it holds; the checks know the numbers. */
const profiles: Readonly<Record<string, LongTailProfile>> = {
  names: profileOf({ counts: [196, 98, 10, 2, 66], names: ['Ä', 'b', '10', '2', 'B'], test: 4 }),
  cifar: profileOf({ counts: cifarCounts, test: 1000 }),
  toy: profileOf({ counts: [100, 10, 1], names: ['a', 'b', 'c'] }),
  empty: profileOf({ counts: [9000, 0, 20], names: ['a', 'b', 'c'] }),
  large: profileOf({ counts: [2 ** 24, 30, 30], names: ['big', 'small', 'c'] }),
  labels: scanned('label\nham\nspam\nham\nham\nham\nspam\nham\nham\n'),
  hostile: {
    ...hostile,
    dataset: { ...hostile.dataset, root: '/data/x\npwned = 1', fingerprint: 'f\rpwned = 1' },
  },
};

/** Runs the checks of a framework on real snippets: name → null, or the failure's traceback. */
const runChecks = async (
  framework: Framework,
  env: { python: string; env: Record<string, string> },
): Promise<Readonly<Record<string, string | null>>> => {
  for (const [name, profile] of Object.entries(profiles))
    writeFileSync(path.join(folder, `${name}.py`), exportSnippet(profile, framework));
  const script = path.join(import.meta.dirname, `check_snippet_${framework}.py`);
  const { stdout } = await promisify(execFile)(env.python, ['-W', 'ignore', script, folder], {
    env: {
      ...process.env,
      ...env.env,
      PYTHONUTF8: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      TF_CPP_MIN_LOG_LEVEL: '3',
      OMP_NUM_THREADS: '1',
    },
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout) as Record<string, string | null>;
};

describe('snippets', () => {
  it.each(frameworks)('for %s are made for every profile, whatever its names', (framework) => {
    for (const profile of Object.values(profiles)) {
      const text = exportSnippet(profile, framework);
      // Nothing from a name starts a line of its own.
      for (const line of text.split(/\r\n|[\n\r\u2028\u2029]/))
        expect(line).not.toMatch(/^\s*pwned/);
      expect(text.match(/COUNTS = \{/g)).toHaveLength(1);
    }
  });
});

for (const framework of frameworks) {
  const found = await ensurePythonEnv(framework === 'pytorch' ? 'torch' : 'keras');
  if ('missing' in found) {
    process.stderr.write(`Snippets for ${framework} were not executed: ${found.missing}\n`);
    it.skip(`snippets for ${framework}: ${found.missing}`);
    continue;
  }
  const results = await runChecks(framework, found);
  describe(`snippets executed by ${found.version}`, () => {
    it('runs all the checks', () => {
      expect(Object.keys(results).length).toBeGreaterThanOrEqual(framework === 'keras' ? 9 : 15);
    });
    it.each(Object.entries(results))('%s', (_, failure) => {
      expect(failure).toBeNull();
    });
  });
}
