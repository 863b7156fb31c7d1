// Loaded into the trainer before its own code (`--import`): times all that its events cost it, from the
// line's making to the word to the parent, and writes the sums down when it ends.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const { appendFileSync, utimesSync, writeFileSync } = fs;
const { stringify } = JSON;
const sums = { ms: 0, cpuMs: 0, events: 0, appends: 0, bytes: 0 };
const state = { inside: false };

/** Processor time of all threads. While an event is written, the others have nothing to do. */
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const timed = (work) => {
  if (state.inside) return work();
  const begun = performance.now();
  const cpuBegun = cpuMs();
  state.inside = true;
  try {
    return work();
  } finally {
    state.inside = false;
    sums.ms += performance.now() - begun;
    sums.cpuMs += cpuMs() - cpuBegun;
  }
};

if (isMainThread) {
  const send = process.send.bind(process);
  process.send = (...args) => timed(() => send(...args));
  fs.utimesSync = (...args) => timed(() => utimesSync(...args));
  fs.appendFileSync = (path, lines) => {
    sums.appends += 1;
    sums.bytes += lines.length;
    return timed(() => appendFileSync(path, lines));
  };
  JSON.stringify = (value, ...rest) => {
    if (typeof value?.seq !== 'number' || typeof value.kind !== 'string')
      return stringify(value, ...rest);
    sums.events += 1;
    return timed(() => stringify(value, ...rest));
  };
  syncBuiltinESMExports();
  process.on('exit', () => {
    const whole = { ...sums, totalMs: performance.now(), totalCpuMs: cpuMs() };
    writeFileSync(process.env.LONGTAIL_EVENT_SUMS, stringify(whole));
  });
}
