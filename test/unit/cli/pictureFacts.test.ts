import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { greyPng } from '../../../scripts/sample.mjs';
import { pictureHeader } from '../../../src/dataset/pictureFacts';

/** Start of image, an application segment of `padding` bytes, then a frame header of 7 × 5. */
const jpegHead = (padding: number, components: number): Uint8Array =>
  Uint8Array.from([
    ...[0xff, 0xd8, 0xff, 0xe0, (padding + 2) >> 8, (padding + 2) & 255],
    ...new Array<number>(padding).fill(0xc0),
    ...[0xff, 0xff, 0xc2, 0, 8 + 3 * components, 8, 0, 5, 0, 7, components],
  ]);

const idxHead = Uint8Array.from([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 20, 1, 2, 3]);

describe('the head of a picture', () => {
  it.each([
    ['grey PNG', greyPng(3, 5, new Uint8Array(15)), { width: 3, height: 5, channels: 1 }],
    ['colour JPEG', jpegHead(300, 3), { width: 7, height: 5, channels: 3 }],
    ['grey JPEG', jpegHead(4, 1), { width: 7, height: 5, channels: 1 }],
    ['IDX', idxHead, { width: 20, height: 28, channels: 1 }],
    ['packed IDX', gzipSync(idxHead), { width: 20, height: 28, channels: 1 }],
    // A read of the first bytes only ends inside the stream.
    ['cut IDX', gzipSync(idxHead).subarray(0, -9), { width: 20, height: 28, channels: 1 }],
  ])('%s', (_, bytes, header) => expect(pictureHeader(bytes)).toEqual(header));

  it.each([
    ['nothing', new Uint8Array(0)],
    ['text', new TextEncoder().encode('not a picture at all, whatever it is called')],
    ['a JPEG cut before its frame', jpegHead(300, 3).subarray(0, 200)],
    ['a PNG of no width', greyPng(0, 5, new Uint8Array(0))],
  ])('%s says nothing', (_, bytes) => expect(pictureHeader(bytes)).toBeNull());
});
