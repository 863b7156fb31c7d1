// Loaded into the trainer before its own code (`--import`): counts what it does to files, and kills the
// process at one of those moments: the so-manieth of all (`at`), or the `nth` that does the same to the
// same file (`what`), where how much is done before depends on time. With `list` it writes down what there
// was to count.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import { isMainThread } from 'node:worker_threads';

const { openSync, writeSync, writeFileSync, appendFileSync, renameSync, fsyncSync } = fs;
const order = JSON.parse(process.env.LONGTAIL_SOAK ?? 'null');
const state = { count: 0, inside: false };
const files = new Map();
const alike = new Map();

/** Takes memory until V8 ends the process. */
const starve = () => {
  const taken = [];
  for (;;) taken.push(Array.from({ length: 100_000 }, (_, i) => ({ i })));
};

const die = () => {
  process.kill(process.pid, 'SIGKILL');
  // The signal may reach another thread first; nothing more is written meanwhile.
  for (;;);
};

/** Node's own functions call each other: only the outermost counts. */
const within = (work) => {
  state.inside = true;
  try {
    return work();
  } finally {
    state.inside = false;
  }
};

/** Work on `path`, counted; `half` does the first half of it. */
const at = (operation, path, half, whole) => {
  if (state.inside) return whole();
  return within(() => {
    const here = state.count++;
    const file = basename(String(path));
    const what = `${operation} ${file.replace(/\d+/g, '#')}`;
    const nth = alike.get(what) ?? 0;
    alike.set(what, nth + 1);
    if (order.list !== undefined)
      appendFileSync(order.list, `${JSON.stringify({ operation, file, what, nth })}\n`);
    // A disk that is full from here on.
    if (order.full === true && here >= order.at)
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    if (here !== order.at && (what !== order.what || nth !== order.nth)) return whole();
    if (order.moment === 'memory') return starve();
    if (order.moment === 'half') half();
    if (order.moment === 'after') whole();
    return die();
  });
};

const none = () => undefined;
const halfOf = (data) => {
  const bytes = Buffer.from(data);
  return bytes.subarray(0, bytes.length >> 1);
};

if (isMainThread && order !== null) {
  fs.openSync = (path, flags, mode) => {
    if (flags !== 'w') return openSync(path, flags, mode);
    return at('open', path, none, () => {
      const file = openSync(path, flags, mode);
      files.set(file, path);
      return file;
    });
  };
  fs.writeSync = (file, data, ...rest) => {
    const from = typeof rest[0] === 'number' ? rest[0] : 0;
    const half = () =>
      writeSync(file, halfOf(typeof data === 'string' ? data : data.subarray(from)));
    return at('write', files.get(file) ?? '', half, () => writeSync(file, data, ...rest));
  };
  fs.fsyncSync = (file) => at('flush', files.get(file) ?? '', none, () => fsyncSync(file));
  fs.renameSync = (from, to) => at('rename', to, none, () => renameSync(from, to));
  fs.appendFileSync = (path, data, options) =>
    at(
      'append',
      path,
      () => appendFileSync(path, halfOf(data), options),
      () => appendFileSync(path, data, options),
    );
  fs.writeFileSync = (path, data, options) =>
    at(
      'write',
      path,
      () => writeFileSync(path, halfOf(data), options),
      () => writeFileSync(path, data, options),
    );
  syncBuiltinESMExports();
}
