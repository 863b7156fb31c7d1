import fs from 'node:fs';
import path from 'node:path';

const features = JSON.stringify({
  info: {
    features: {
      image: { _type: 'Image' },
      label: {
        _type: 'ClassLabel',
        names: Array.from({ length: 1000 }, (_, i) => `class_${i}`),
      },
    },
  },
});

/** 5 million rows of a label beside 96 bytes of a picture, as Hugging Face keeps them. */
export const row = {
  work: 'Parquet, label column of 5 M rows beside picture bytes',
  must: '≤ 1.3 s',
  prepare: async (folder, { pythonPeer }) => {
    const file = path.join(folder, 'train-00000-of-00001.parquet');
    if (fs.existsSync(file)) return file;
    const make = await pythonPeer(
      'duckdb',
      `import duckdb
duckdb.sql("""copy (select
  {'bytes': encode(md5(i::varchar) || md5((i + 1)::varchar) || md5((i * 3)::varchar)), 'path': null::varchar} as image,
  floor(1000 * pow(random(), 3))::bigint as label from range(5000000) t(i))
  to '${file}.part' (format parquet, row_group_size 100000, kv_metadata {huggingface: '${features}'})""")
print(0)`,
    );
    if (make === null) return null;
    await make();
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
duckdb.sql("select label, count(*) from read_parquet('${file}') group by label").fetchall()
print(time.perf_counter() - t)`,
      ),
    },
  ],
};
