import fs from 'node:fs';
import path from 'node:path';

import { numbers } from '../numbers.mjs';

const bytes = 500e6;
const words =
  'the of and to in a is that for it as was with be by on not he his but at are this have'.split(
    ' ',
  );

/** 500 MB of texts with a label after them and a nested record behind it. */
export const row = {
  work: 'JSONL, 500 MB, 1.3 M lines',
  must: '≤ 2 s',
  prepare: (folder) => {
    const file = path.join(folder, 'texts.jsonl');
    if (fs.existsSync(file)) return file;
    const random = numbers(2);
    const out = fs.openSync(`${file}.part`, 'w');
    let lines = [];
    for (let i = 0, size = 0; size < bytes; i++) {
      const label = `class_${Math.floor(1000 * random() ** 3)}`;
      const text = Array.from({ length: 75 }, () => words[Math.floor(random() * words.length)]);
      const record = { id: i, text: text.join(' '), score: random(), label, meta: { n: [1, 2] } };
      const line = `${JSON.stringify(record)}\n`;
      size += line.length;
      lines.push(line);
      if (lines.length < 500) continue;
      fs.writeSync(out, lines.join(''));
      lines = [];
    }
    fs.writeSync(out, lines.join(''));
    fs.closeSync(out);
    fs.renameSync(`${file}.part`, file);
    return file;
  },
  peers: async (file, { pythonPeer }) => [
    {
      name: 'DuckDB, counts alone',
      run: await pythonPeer(
        'duckdb',
        `import duckdb, time
t = time.perf_counter()
duckdb.sql("select label, count(*) from read_json('${file}') group by label").fetchall()
print(time.perf_counter() - t)`,
      ),
    },
  ],
};
