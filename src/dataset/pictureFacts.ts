import { constants, gunzipSync } from 'node:zlib';
import { folderOf, join } from './formats/folders';
import type { DatasetIndex, FileSource } from './types';

export interface PictureFacts {
  /** Height and width, the median of the pictures looked at. */
  readonly imageSize: readonly [number, number];
  /** 1 when every picture looked at is grey. */
  readonly channels: 1 | 3;
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

const pngHeader = (bytes: DataView): Header | null => {
  if (bytes.byteLength < 26 || bytes.getUint32(0) !== 0x89504e47) return null;
  const colour = bytes.getUint8(25);
  // Colour types 0 and 4 are grey without and with alpha.
  const channels = colour === 0 || colour === 4 ? 1 : 3;
  return { width: bytes.getUint32(16), height: bytes.getUint32(20), channels };
};

/** Frame headers are C0 … CF without DHT (C4), JPG (C8) and DAC (CC). */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

const jpegHeader = (bytes: DataView): Header | null => {
  if (bytes.byteLength < 4 || bytes.getUint16(0) !== 0xffd8) return null;
  let at = 2;
  while (at + 10 <= bytes.byteLength) {
    if (bytes.getUint8(at) !== 0xff) return null;
    const marker = bytes.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isFrame(marker))
      return {
        height: bytes.getUint16(at + 5),
        width: bytes.getUint16(at + 7),
        channels: bytes.getUint8(at + 9) === 1 ? 1 : 3,
      };
    at += 2 + bytes.getUint16(at + 2);
  }
  return null;
};

/** Pictures as one array of bytes: magic 00 00 08 03, then count, rows, columns. */
const idxHeader = (bytes: DataView): Header | null =>
  bytes.byteLength >= 16 && bytes.getUint32(0) === 0x0803
    ? { height: bytes.getUint32(8), width: bytes.getUint32(12), channels: 1 }
    : null;

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Size and channels a PNG, JPEG or IDX file declares in its first bytes; null for other bytes. */
export const pictureHeader = (bytes: Uint8Array): Header | null => {
  const plain = isGzip(bytes)
    ? gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 1 << 24 })
    : bytes;
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
  const header = pngHeader(view) ?? jpegHeader(view) ?? idxHeader(view);
  return header !== null && header.width > 0 && header.height > 0 ? header : null;
};

/** Enough for the colour profile and the thumbnail that a JPEG may carry before its frame header. */
const headBytes = 1 << 17;

const headerOf = (source: FileSource, path: string): Header | null => {
  const file = source.open(path);
  try {
    return pictureHeader(file.read(0, headBytes));
  } finally {
    file.close();
  }
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * Size and channels of a picture dataset, from the heads of at most `look` files spread evenly over
 * it; null when it holds no pictures or none of them could be read. Nothing is decoded.
 */
export const pictureFacts = (
  index: DatasetIndex,
  source: FileSource,
  look = 24,
): PictureFacts | null => {
  if (index.modality !== 'image' || index.samples === 0) return null;
  const folder = source.stat(index.root).kind === 'file' ? folderOf(index.root) : index.root;
  const found: Header[] = [];
  const count = Math.min(look, index.samples);
  for (let i = 0; i < count; i++) {
    const { path } = index.locator(Math.floor(((i + 0.5) * index.samples) / count));
    try {
      const header = headerOf(source, /^(\/|[a-z]:)/i.test(path) ? path : join(folder, path));
      if (header !== null) found.push(header);
    } catch {
      // An unreadable picture says nothing about the others; training names it.
    }
  }
  if (found.length === 0) return null;
  return {
    imageSize: [median(found.map((one) => one.height)), median(found.map((one) => one.width))],
    channels: found.every((one) => one.channels === 1) ? 1 : 3,
  };
};
