import fs from 'node:fs';
import path from 'node:path';

const classes = 1_000_000;
const samples = 14_000_000;
const step = 100_000;

/** A table of one column: 14 million rows of a million class names, each at least once. */
export const row = {
  work: '1,000,000 classes, 14 M samples',
  must: 'index ≤ 400 MB above idle Node',
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
