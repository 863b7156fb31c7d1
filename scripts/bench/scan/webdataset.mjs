import fs from 'node:fs';
import path from 'node:path';

const samples = 50_000;

const header = (name, size) => {
  const bytes = Buffer.alloc(512);
  bytes.write(name);
  bytes.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  bytes.write('0', 156);
  bytes.write('ustar\x0000', 257, 'latin1');
  return bytes;
};

/** One shard of pictures with a class each: bodies of zeros, as long as photos of 20 KB. */
export const row = {
  work: 'WebDataset, 1.1 GB, 100k entries',
  must: '≤ 0.3 s',
  prepare: (folder) => {
    const file = path.join(folder, 'shard-train-000000.tar');
    if (fs.existsSync(file)) return file;
    const out = fs.openSync(`${file}.part`, 'w');
    const body = Buffer.alloc(20_480);
    for (let i = 0; i < samples; i++) {
      const key = String(i).padStart(8, '0');
      const label = String(Math.floor(1000 * ((i * 0.618034) % 1) ** 3));
      const cls = Buffer.alloc(512);
      cls.write(label);
      const entry = [header(`${key}.jpg`, 20_000), body, header(`${key}.cls`, label.length), cls];
      fs.writeSync(out, Buffer.concat(entry));
    }
    fs.writeSync(out, Buffer.alloc(1024));
    fs.closeSync(out);
    fs.renameSync(`${file}.part`, file);
    return file;
  },
};
