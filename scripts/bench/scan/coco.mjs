import fs from 'node:fs';
import path from 'node:path';

import { numbers } from '../numbers.mjs';

const annotations = 2_500_000;
const images = 120_000;

/** 1 GB in one line, categories last, ids of images by chance. */
export const row = {
  work: 'COCO JSON, 1 GB, 2.5 M annotations',
  must: '≤ 3 s, ≤ 200 MB',
  prepare: (folder) => {
    const file = path.join(folder, 'instances_train.json');
    if (fs.existsSync(file)) return file;
    const random = numbers(3);
    const out = fs.openSync(`${file}.part`, 'w');
    fs.writeSync(out, '{"info":{"year":2026},"annotations":[');
    let records = [];
    for (let i = 0; i < annotations; i++) {
      const points = Array.from({ length: 36 }, () => (random() * 640).toFixed(2)).join(',');
      const id = 1 + Math.floor(random() * images);
      const category = 1 + Math.floor(90 * random() ** 3);
      const sides = [1, 2, 3, 4].map(() => (random() * 200).toFixed(2)).join(',');
      records.push(
        `${i === 0 ? '' : ','}{"segmentation":[[${points}]],"area":${(random() * 20_000).toFixed(4)},"iscrowd":0,"image_id":${id},"bbox":[${sides}],"category_id":${category},"id":${i * 7 + 1}}`,
      );
      if (records.length < 10_000) continue;
      fs.writeSync(out, records.join(''));
      records = [];
    }
    fs.writeSync(out, `${records.join('')}],"images":[`);
    const listed = Array.from(
      { length: images },
      (_, i) => `{"id":${i + 1},"file_name":"${i + 1}.jpg","width":640,"height":480}`,
    );
    const named = Array.from({ length: 90 }, (_, i) => `{"id":${i + 1},"name":"class ${i + 1}"}`);
    fs.writeSync(out, `${listed.join(',')}],"categories":[${named.join(',')}]}`);
    fs.closeSync(out);
    fs.renameSync(`${file}.part`, file);
    return file;
  },
  peers: async (file, { pythonPeer }) => {
    const code = `
import json, time, collections
t = time.perf_counter()
d = json.load(open('${file}'))
collections.Counter(a["category_id"] for a in d["annotations"])
print(time.perf_counter() - t)
`;
    return [{ name: 'json.load', run: await pythonPeer('duckdb', code) }];
  },
};
