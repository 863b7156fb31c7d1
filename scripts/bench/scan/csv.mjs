import fs from 'node:fs';
import path from 'node:path';

import { numbers } from '../numbers.mjs';

const rows = 5_000_000;

const select = (file) => `read_csv('${file}')`;
const timed = (setUp, statement) => `
import duckdb, os, time
${setUp}
t = time.perf_counter()
${statement}
print(time.perf_counter() - t)
`;

/** 5 million rows of four columns, 1,000 classes with a long tail. */
export const row = {
  work: 'CSV, 5 M rows, 165 MB',
  must: '≤ 1.0 × DuckDB',
  prepare: (folder) => {
    const file = path.join(folder, 'rows.csv');
    if (fs.existsSync(file)) return file;
    const random = numbers(1);
    const out = fs.openSync(`${file}.part`, 'w');
    let lines = ['id,value,label,score\n'];
    for (let i = 0; i < rows; i++) {
      const name = String(Math.floor(1000 * random() ** 3)).padStart(4, '0');
      const value = (random() * 100).toFixed(3);
      lines.push(`${1_000_000 + i},${value},class_${name},${random().toFixed(4)}\n`);
      if (lines.length < 20_000) continue;
      fs.writeSync(out, lines.join(''));
      lines = [];
    }
    fs.writeSync(out, lines.join(''));
    fs.closeSync(out);
    fs.renameSync(`${file}.part`, file);
    return file;
  },
  // The same work: an entry a row with its place, label and a hash of its content, on disk; then
  // the counts. And the counts alone, for which DuckDB skips what the scan keeps.
  peers: async (file, { pythonPeer }) => {
    const index = path.join(path.dirname(file), 'index.db');
    const same = timed(
      `if os.path.exists('${index}'): os.remove('${index}')`,
      `c = duckdb.connect('${index}')
c.execute("set enable_progress_bar = false")
c.execute("create table ix as select row_number() over () r, label, hash(id, value, label, score) h from ${select(file)}")
c.execute("select label, count(*) from ix group by label").fetchall()
c.close()`,
    );
    const counts = timed(
      '',
      `duckdb.sql("select label, count(*) from ${select(file)} group by label").fetchall()`,
    );
    return [
      { name: 'DuckDB, same work', run: await pythonPeer('duckdb', same) },
      { name: 'DuckDB, counts alone', run: await pythonPeer('duckdb', counts) },
    ];
  },
};
