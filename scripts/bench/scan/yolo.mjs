import fs from 'node:fs';
import path from 'node:path';

import { bareRead } from '../bareRead.mjs';
import { numbers } from '../numbers.mjs';

const files = 100_000;
const perFolder = 50_000;
const names = 80;

/** Labels of two splits without their pictures, three boxes a file on average. */
export const row = {
  work: 'YOLO, 100,000 label files',
  must: '≤ 0.5 s',
  prepare: (folder) => {
    const root = path.join(folder, 'set');
    if (fs.existsSync(root)) return root;
    const making = `${root}.part`;
    fs.rmSync(making, { recursive: true, force: true });
    const random = numbers(5);
    for (const [at, split] of ['train', 'val'].entries()) {
      const labels = path.join(making, 'labels', split);
      const images = path.join(making, 'images', split);
      fs.mkdirSync(labels, { recursive: true });
      fs.mkdirSync(images, { recursive: true });
      const first = path.join(images, `${String(at * perFolder).padStart(12, '0')}.jpg`);
      fs.writeFileSync(first, '');
      for (let i = at * perFolder; i < Math.min(files, (at + 1) * perFolder); i++) {
        const name = String(i).padStart(12, '0');
        const rows = Array.from({ length: 1 + Math.floor(random() * 5) }, () => {
          const box = [1, 2, 3, 4].map(() => random().toFixed(6)).join(' ');
          return `${Math.floor(names * random() ** 3)} ${box}\n`;
        });
        fs.writeFileSync(path.join(labels, `${name}.txt`), rows.join(''));
        if (i > at * perFolder) fs.linkSync(first, path.join(images, `${name}.jpg`));
      }
    }
    const listed = Array.from({ length: names }, (_, i) => `  ${i}: class ${i}`).join('\n');
    fs.writeFileSync(
      path.join(making, 'data.yaml'),
      `train: images/train\nval: images/val\nnames:\n${listed}\n`,
    );
    fs.renameSync(making, root);
    return root;
  },
  peers: (root) => [
    bareRead(
      ['train', 'val'].map((split) => path.join(root, 'labels', split)),
      '.txt',
    ),
  ],
};
