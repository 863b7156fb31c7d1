import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { ensurePythonEnv } from '../../scripts/python-env.mjs';
import { exporterNamed } from '../../src/exporters';
import { casesFor } from './cases';
import { executions } from './environments';

/** `all`, or the names of some; else the quick ones. */
const asked = process.env['LONGTAIL_EXPORTERS']?.split(',');
const isAsked = (id: string, quick: boolean): boolean =>
  asked === undefined ? quick : asked.includes('all') || asked.includes(id);
const folder = mkdtempSync(join(tmpdir(), 'longtail-exporters-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes the files of every case: `<case>/…`, and what is expected of them as `<case>/case.json`. */
const writeCases = (id: string): string => {
  const own = join(folder, id);
  for (const { name, files, expected } of casesFor(exporterNamed(id))) {
    for (const { path, text } of files) {
      mkdirSync(dirname(join(own, name, path)), { recursive: true });
      writeFileSync(join(own, name, path), text);
    }
    writeFileSync(join(own, name, 'case.json'), JSON.stringify(expected));
  }
  return own;
};

const run = async (
  id: string,
  env: { readonly python: string; readonly env: Record<string, string> },
): Promise<Readonly<Record<string, string | null>>> => {
  const script = join(import.meta.dirname, `check_${id.replaceAll('-', '_')}.py`);
  const { stdout } = await promisify(execFile)(
    env.python,
    ['-W', 'ignore', script, writeCases(id)],
    {
      env: {
        ...process.env,
        ...env.env,
        PYTHONUTF8: '1',
        PYTHONDONTWRITEBYTECODE: '1',
        TF_CPP_MIN_LOG_LEVEL: '3',
        // Ultralytics keeps settings.
        YOLO_CONFIG_DIR: folder,
        OMP_NUM_THREADS: '1',
      },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return JSON.parse(stdout.slice(stdout.lastIndexOf('\n{') + 1)) as Record<string, string | null>;
};

for (const [id, { environment, quick, checks }] of Object.entries(executions)) {
  if (!isAsked(id, quick)) {
    it.skip(`${id}: npm run test:exporters executes it`);
    continue;
  }
  const found = await ensurePythonEnv(environment);
  if ('missing' in found) {
    process.stderr.write(`Code for ${id} was not executed: ${found.missing}\n`);
    it.skip(`${id}: ${found.missing}`);
    continue;
  }
  const results = await run(id, found);
  describe(`${id} executed by ${found.version}`, () => {
    it('runs all the checks', () => {
      expect(Object.keys(results).length).toBeGreaterThanOrEqual(checks);
    });
    it.each(Object.entries(results))('%s', (_, failure) => {
      expect(failure).toBeNull();
    });
  });
}
