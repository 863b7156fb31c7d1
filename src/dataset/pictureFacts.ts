import { formatOf } from './detect';
import type { DatasetIndex, FileSource, Sample } from './types';

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

/** Size and channels a PNG or JPEG declares; null for other bytes. Nothing is decoded. */
export const pictureHeader = (bytes: Uint8Array): Header | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = pngHeader(view) ?? jpegHeader(view);
  return header !== null && header.width > 0 && header.height > 0 ? header : null;
};

const headerOf = (sample: Sample): Header | null =>
  sample.kind === 'encoded-image'
    ? pictureHeader(sample.bytes)
    : sample.kind === 'pixels'
      ? sample
      : null;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * Size and channels of a picture dataset, from at most `look` samples spread evenly over it; null
 * when it holds no pictures or none of them could be read.
 */
export const pictureFacts = (
  index: DatasetIndex,
  source: FileSource,
  look = 24,
): PictureFacts | null => {
  if (index.modality !== 'image' || index.samples === 0) return null;
  const reader = formatOf(index.format).openSamples(source, index.root, index.options);
  const found: Header[] = [];
  try {
    const count = Math.min(look, index.samples);
    for (let i = 0; i < count; i++) {
      const sample = Math.floor(((i + 0.5) * index.samples) / count);
      try {
        const header = headerOf(reader.readSample(index.locator(sample)));
        if (header !== null) found.push(header);
      } catch {
        // An unreadable picture says nothing about the others; training names it.
      }
    }
  } finally {
    reader.close();
  }
  if (found.length === 0) return null;
  return {
    imageSize: [median(found.map((one) => one.height)), median(found.map((one) => one.width))],
    channels: found.every((one) => one.channels === 1) ? 1 : 3,
  };
};
