/**
 * What events cost the trainer: the time it spends on making, appending and announcing them, and on the
 * lock they touch, as a share of its whole life. The bar is 2 %. Needs the built trainer.
 *
 * node scripts/bench/events.mjs CONFIG…
 */
import { fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const timer = new URL('eventTimer.mjs', import.meta.url).href;
const trainer = fileURLToPath(new URL('../../dist/trainer.js', import.meta.url));

/** Trains a config with its baseline in a place of its own; gives the sums of the timer. */
const train = (configPath, place) =>
  new Promise((resolve, reject) => {
    const sums = path.join(place, 'sums.json');
    const child = fork(trainer, [], {
      execArgv: ['--import', timer],
      env: { ...process.env, LONGTAIL_EVENT_SUMS: sums },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const job = {
      ...{ runFolder: path.join(place, 'run'), storeFolder: path.join(place, 'store') },
      ...{ configPath, resume: false, cacheFolder: path.join(place, 'cache') },
      baseline: 'reuse-or-train',
    };
    child.on('message', (message) => {
      if (message.kind === 'hello') child.send({ kind: 'start', version: message.version, job });
      if (message.kind === 'failed') reject(new Error(JSON.stringify(message.error)));
    });
    child.on('close', () => resolve(JSON.parse(fs.readFileSync(sums, 'utf8'))));
  });

const heads = [
  ...['config', 'the whole run', 'events', 'appends', 'bytes an event'],
  ...['time for events', 'share of time', 'share of processor time'],
];
console.log(`| ${heads.join(' | ')} |`);
console.log(`|${'---|'.repeat(heads.length)}`);
for (const config of process.argv.slice(2)) {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'longtail-events-'));
  try {
    const { ms, events, appends, bytes, totalMs, cpuMs, totalCpuMs } = await train(
      path.resolve(config),
      place,
    );
    const cells = [
      path.basename(config),
      `${(totalMs / 1000).toFixed(1)} s`,
      events,
      appends,
      Math.round(bytes / events),
      `${ms.toFixed(1)} ms`,
      `${((100 * ms) / totalMs).toFixed(3)} %`,
      `${((100 * cpuMs) / totalCpuMs).toFixed(3)} %`,
    ];
    console.log(`| ${cells.join(' | ')} |`);
  } finally {
    fs.rmSync(place, { recursive: true, force: true });
  }
}
