import { parentPort, workerData } from 'node:worker_threads';
import { fuzzCases } from './cases';
import { tryOne } from './tryOne';

/** What the thread is asked to try, and a word of shared memory that says which input it is at. */
interface Job {
  readonly folder: string;
  readonly names: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly at: Int32Array;
}

/** Entry of a fuzzing thread: tries a range of seeds on each case, posts what each case gave. */
const { folder, names, from, to, at } = workerData as Job;
const cases = fuzzCases(folder);
for (const name of names) {
  const given = cases.find((one) => one.name === name);
  if (given === undefined) throw new Error(`no case ${name}`);
  const counts = { index: 0, refused: 0 };
  const failures: { seed: number; error: string }[] = [];
  let slowest = { seed: -1, ms: 0 };
  for (let seed = from; seed < to; seed++) {
    Atomics.store(at, 0, cases.indexOf(given));
    Atomics.store(at, 1, seed);
    Atomics.add(at, 2, 1);
    const began = performance.now();
    try {
      counts[tryOne(given, seed)]++;
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      if (failures.length < 5) failures.push({ seed, error: text.slice(0, 1500) });
    }
    const ms = performance.now() - began;
    if (ms > slowest.ms) slowest = { seed, ms };
  }
  parentPort?.postMessage({ name, format: given.format, ...counts, failures, slowest });
}
