import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

import { build } from 'esbuild';

const run = promisify(execFile);

const classes = 1_000_000;
const samples = 14_000_000;
const step = 100_000;

/**
 * Profiles the index of the scan before: as the editor does, in a thread, with the longest time that
 * a timer of 5 ms was late meanwhile; then in this thread, with and without the objects of the
 * classes.
 */
const profileProgram = `
const { scanToFile } = require('./scanClient.js');
const { openIndex } = require('./indexFile.js');
const { profileDataset } = require('./profile.js');
const { profileInThread } = require('./profileJob.js');
const [dataset, cacheFolder] = process.argv.slice(2);
const at = (name) => __dirname + '/' + name + '.js';
const timed = (work) => {
  const start = performance.now();
  const value = work();
  return [value, ((performance.now() - start) / 1000).toFixed(2) + ' s'];
};
(async () => {
  let [last, late] = [performance.now(), 0];
  const timer = setInterval(() => {
    const now = performance.now();
    late = Math.max(late, now - last - 5);
    last = now;
  }, 5);
  const { indexPath } = await scanToFile(dataset, { workerPath: at('scanWorker'), cacheFolder });
  const start = performance.now();
  const asked = { deployment: null, metric: null, model: null, budgetMinutes: null, framework: null };
  const job = { indexPath, withoutNative: false, asked };
  const { profile } = await profileInThread(at('profileWorker'), job, undefined);
  const whole = ((performance.now() - start) / 1000).toFixed(2);
  await new Promise((resolve) => setTimeout(resolve, 20));
  clearInterval(timer);
  console.log('in a thread: ' + whole + ' s with opening and advice; event loop at most ' + late.toFixed(0) + ' ms late');
  console.log('objects of ' + profile.metrics.numClasses + ' classes there: ' + timed(() => profile.classes)[1]);
  const [index, opened] = timed(() => openIndex(indexPath));
  for (let i = 0; i < 3; i++) {
    const [own, profiled] = timed(() => profileDataset(index));
    console.log('here: opened ' + opened + ', profile ' + profiled + ', objects ' + timed(() => own.classes)[1]);
  }
})();
`;

/** A table of one column: 14 million rows of a million class names, each at least once. */
export const row = {
  work: '1,000,000 classes, 14 M samples',
  must: 'index ≤ 400 MB above idle Node',
  aboveIdle: true,
  after: async (dataset, { root, cache }) => {
    const folder = path.join(cache, 'profile-build');
    const entries = ['dataset/scanWorker', 'dataset/scanClient', 'dataset/indexFile'];
    const profiling = ['profile/profile', 'host/profileJob', 'host/profileWorker'];
    await build({
      absWorkingDir: root,
      entryPoints: [...entries, ...profiling].map((name) => `src/${name}.ts`),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      minify: true,
      outdir: folder,
      entryNames: '[name]',
      logLevel: 'warning',
      alias: { yaml: './node_modules/yaml/browser/dist/index.js' },
    });
    const file = path.join(folder, 'profileOnce.cjs');
    fs.writeFileSync(file, profileProgram);
    const args = [file, dataset, path.join(cache, 'scan-index')];
    return (await run(process.execPath, args)).stdout.trim().split('\n');
  },
  prepare: (folder) => {
    const file = path.join(folder, 'label.csv');
    if (fs.existsSync(file)) return file;
    const out = fs.openSync(`${file}.part`, 'w');
    fs.writeSync(out, 'label\n');
    for (let from = 0; from < samples; from += step) {
      const lines = Array.from({ length: step }, (_, i) => {
        const at = from + i;
        const id = at < classes ? at : Math.floor(classes * ((at * 0.618034) % 1) ** 3);
        return `Kingdom Family Genus species ${id}`;
      });
      fs.writeSync(out, `${lines.join('\n')}\n`);
    }
    fs.closeSync(out);
    fs.renameSync(`${file}.part`, file);
    return file;
  },
};
