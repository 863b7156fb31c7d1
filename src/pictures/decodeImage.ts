/// <reference types="@jsquash/jpeg/emscripten-types" />
import mozjpeg from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import { convertIndexedToRgb, decode as decodePng, type DecodedPng } from 'fast-png';
import type { Image } from './image';

/** Decoder of one kind of file; throws when the bytes are damaged. */
type Decode = (bytes: Uint8Array) => Image;

const isPng = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47;

const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8;

/** Keeps grey or colour and leaves transparency out, as the common Python readers do. */
const dropAlpha = (
  data: ArrayLike<number>,
  size: { readonly width: number; readonly height: number },
  channels: number,
  shift: number,
): Image => {
  const kept = channels < 3 ? 1 : 3;
  const pixels = size.width * size.height;
  const result = new Uint8Array(pixels * kept);
  for (let i = 0; i < pixels; i++)
    for (let c = 0; c < kept; c++) result[i * kept + c] = (data[i * channels + c] ?? 0) >> shift;
  return { width: size.width, height: size.height, channels: kept, data: result };
};

/** Spreads grey values of 1, 2 or 4 bits, packed from the high bit, each row from a new byte. */
const unpackGrey = ({ data, width, height, depth }: DecodedPng): Uint8Array => {
  const rowBytes = Math.ceil((width * depth) / 8);
  const top = 2 ** depth - 1;
  const result = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const bit = x * depth;
      const byte = data[y * rowBytes + (bit >> 3)] ?? 0;
      result[y * width + x] = Math.round((((byte >> (8 - depth - (bit & 7))) & top) * 255) / top);
    }
  return result;
};

const fromPng: Decode = (bytes) => {
  const png = decodePng(bytes, { checkCrc: true });
  if (png.palette !== undefined) {
    const colours = convertIndexedToRgb(png);
    return dropAlpha(colours, png, colours.length / (png.width * png.height), 0);
  }
  if (png.depth < 8) return dropAlpha(unpackGrey(png), png, 1, 0);
  return dropAlpha(png.data, png, png.channels, png.depth === 16 ? 8 : 0);
};

/** Components a JPEG declares in its frame header: 1 is grey. 3 when the header is not found. */
const jpegComponents = (bytes: Uint8Array): number => {
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) return 3;
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return bytes[at + 9] ?? 3;
    at += marker === 0xff ? 1 : 2 + (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0);
  }
  return 3;
};

/**
 * A reader of PNG and JPEG, grey or colour. The JPEG decoder is WebAssembly: its compiled module
 * comes from the caller, because by itself it would be fetched from a web address.
 */
export const createImageDecoder = async (jpegModule: WebAssembly.Module): Promise<Decode> => {
  const jpeg = await mozjpeg({
    noInitialRun: true,
    instantiateWasm: (imports: WebAssembly.Imports, done: (made: WebAssembly.Instance) => void) => {
      const instance = new WebAssembly.Instance(jpegModule, imports);
      done(instance);
      return instance.exports;
    },
  });
  const fromJpeg: Decode = (bytes) => {
    const decoded = jpeg.decode(new Uint8Array(bytes), true);
    if (decoded === null) throw new Error('not a JPEG picture');
    const image = dropAlpha(decoded.data, decoded, 4, 0);
    if (jpegComponents(bytes) !== 1) return image;
    const { width, height } = image;
    const grey = Uint8Array.from({ length: width * height }, (_, i) => image.data[3 * i] ?? 0);
    return { width, height, channels: 1, data: grey };
  };
  return (bytes) => {
    if (isPng(bytes)) return fromPng(bytes);
    if (isJpeg(bytes)) return fromJpeg(bytes);
    throw new Error('neither PNG nor JPEG');
  };
};
