// What the disk allows: two threads that open, read and close every file with an ending, and no more.
import fs from 'node:fs';
import path from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const readAll = (files) => {
  const room = Buffer.alloc(1 << 16);
  for (const file of files) {
    const opened = fs.openSync(file);
    fs.readSync(opened, room, 0, room.length, 0);
    fs.closeSync(opened);
  }
};

if (!isMainThread) {
  readAll(workerData);
  parentPort.postMessage(null);
}

/** A peer that lists the folders and reads their files by two threads; its time has no start. */
export const bareRead = (folders, ending) => ({
  name: 'open, read and close by two threads',
  run: async () => {
    const start = performance.now();
    const files = folders.flatMap((folder) =>
      fs
        .readdirSync(folder)
        .filter((name) => name.endsWith(ending))
        .map((name) => path.join(folder, name)),
    );
    const half = files.length >> 1;
    const other = new Worker(new URL(import.meta.url), { workerData: files.slice(half) });
    const done = new Promise((resolve, reject) => {
      other.once('message', resolve);
      other.once('error', reject);
    });
    readAll(files.slice(0, half));
    await done;
    return (performance.now() - start) / 1000;
  },
});
