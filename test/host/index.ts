// Runs inside the extension host: loads every `*.test.js` bundled beside this file into mocha and
// writes one JSON line per result. The window does not close at the end and its console is out of
// reach, so the file named by LONGTAIL_TEST_EVENTS is the only way out; its last line is `end`.
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'mocha';

/** One line of the events file. `time` is in milliseconds. */
export type TestEvent =
  | { kind: 'pass'; title: string[]; time: number }
  | { kind: 'fail'; title: string[]; message: string; stack: string }
  | { kind: 'skip'; title: string[] }
  | { kind: 'end'; problem?: string };

/** The entry VS Code calls. Rejects when a test failed, as its contract demands. */
export async function run(): Promise<void> {
  const file = process.env['LONGTAIL_TEST_EVENTS'];
  if (file === undefined) throw new Error('LONGTAIL_TEST_EVENTS does not name a file.');
  process.setSourceMapsEnabled(true);
  const report = (event: TestEvent): void => appendFileSync(file, `${JSON.stringify(event)}\n`);
  try {
    const failures = await runSuites(report);
    report({ kind: 'end' });
    if (failures > 0) throw new Error(`${failures} failed`);
  } catch (error) {
    report({ kind: 'end', problem: error instanceof Error ? (error.stack ?? error.message) : '' });
    throw error;
  }
}

async function runSuites(report: (event: TestEvent) => void): Promise<number> {
  const { default: Mocha } = await import('mocha');
  // The base reporter prints nothing: the script that started us shows the results.
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: Mocha.reporters.Base });
  const suites = readdirSync(__dirname).filter((name) => name.endsWith('.test.js'));
  for (const name of suites.sort()) mocha.addFile(join(__dirname, name));
  return new Promise((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', (test) =>
      report({ kind: 'pass', title: test.titlePath(), time: test.duration ?? 0 }),
    );
    runner.on('pending', (test) => report({ kind: 'skip', title: test.titlePath() }));
    runner.on('fail', (test: Test, error: unknown) => {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      report({ kind: 'fail', title: test.titlePath(), message, stack: stack ?? message });
    });
  });
}
