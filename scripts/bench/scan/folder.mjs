import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const classes = 1000;
const perClass = 1900;

/** Hard links to one empty file a folder: names without taking inodes. */
export const row = {
  work: 'image folder, 1.9 M files, 1,000 classes',
  must: '≤ 1.3 × find -type f',
  prepare: (folder) => {
    const root = path.join(folder, 'train');
    if (fs.existsSync(root)) return root;
    const making = `${root}.part`;
    fs.rmSync(making, { recursive: true, force: true });
    for (let c = 0; c < classes; c++) {
      const inside = path.join(making, `n${String(c).padStart(8, '0')}`);
      fs.mkdirSync(inside, { recursive: true });
      const name = (i) => path.join(inside, `n${c}_${(i * 7919) % 9_999_991}.JPEG`);
      fs.writeFileSync(name(0), '');
      for (let i = 1; i < perClass; i++) fs.linkSync(name(0), name(i));
    }
    fs.renameSync(making, root);
    return root;
  },
  peers: (root) => [
    {
      name: 'find -type f',
      run: () => {
        const start = performance.now();
        execFileSync('find', [root, '-type', 'f'], { stdio: ['ignore', 'ignore', 'ignore'] });
        return (performance.now() - start) / 1000;
      },
    },
  ],
};
