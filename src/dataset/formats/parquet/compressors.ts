import { decompress } from 'fzstd';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { lz4Hadoop, lz4Raw } from '../../bytes/lz4';

/** Codecs of Parquet that hyparquet leaves to its user; Snappy it has itself. */
export const compressors = {
  GZIP: (input: Uint8Array, length: number): Uint8Array =>
    gunzipSync(input, { maxOutputLength: Math.max(1, length) }),
  BROTLI: (input: Uint8Array, length: number): Uint8Array =>
    brotliDecompressSync(input, { maxOutputLength: Math.max(1, length) }),
  ZSTD: (input: Uint8Array, length: number): Uint8Array =>
    decompress(input, new Uint8Array(length)),
  LZ4: lz4Hadoop,
  LZ4_RAW: lz4Raw,
};
