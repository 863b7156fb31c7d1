import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { encode } from 'fast-png';
import { createRandom } from '../../src/common/random';
import type { Image } from '../../src/pictures/image';

/** A picture as the written code takes it, its bytes in a list. */
export interface ListedPicture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: readonly number[];
}

export const imageOf = (sample: unknown): Image => {
  const { data, ...rest } = sample as ListedPicture;
  return { ...rest, data: Uint8Array.from(data) };
};

/** A JPEG that says it lies on its side: a segment of EXIF with the orientation alone. */
const onItsSide = (jpeg: Buffer): Buffer => {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  [0x0112, 3].forEach((value, i) => tiff.writeUInt16BE(value, 10 + 2 * i));
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(6, 18);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const marker = Buffer.from([0xff, 0xe1, 0, body.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), marker, body, jpeg.subarray(2)]);
};

/** Pictures as people have them: grey, colour, transparent, 16 bits, and JPEG, also on its side. Their names. */
export const writePictures = (folder: string): readonly string[] => {
  mkdirSync(folder, { recursive: true });
  const random = createRandom(5, 'files');
  const png = (name: string, channels: 1 | 2 | 3 | 4, depth: 8 | 16): void => {
    const [width, height] = [37, 50];
    const size = width * height * channels;
    const value = (i: number): number => ((i >> 3) % 150) + random.nextInt(100);
    const data =
      depth === 8
        ? Uint8Array.from({ length: size }, (_, i) => value(i))
        : Uint16Array.from({ length: size }, (_, i) => 256 * value(i) + random.nextInt(256));
    writeFileSync(join(folder, name), encode({ width, height, data, channels, depth }));
  };
  png('colour.png', 3, 8);
  png('deep.png', 1, 16);
  png('deep-colour.png', 3, 16);
  png('grey.png', 1, 8);
  png('grey-alpha.png', 2, 8);
  png('transparent.png', 4, 8);
  const own = resolve('test/fixtures/pictures');
  for (const name of ['colour.jpg', 'grey.jpg', 'progressive.jpg'])
    copyFileSync(join(own, name), join(folder, name));
  writeFileSync(join(folder, 'side.jpg'), onItsSide(readFileSync(join(own, 'colour.jpg'))));
  return readdirSync(folder).sort();
};
