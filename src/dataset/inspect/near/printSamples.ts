import { LongtailError } from '../../../common/errors';
import type { Image } from '../../../pictures/image';
import { pictureHeader } from '../../pictureFacts';
import type { Contents } from '../contents';
import { createPrinter, thumbnailSize, type PicturePrint } from './picturePrint';
import { isWholeJpeg } from './wholeJpeg';

/** What became of a sample. */
export const states = { printed: 0, flat: 1, undecodable: 2, otherKind: 3 } as const;

/** The prints of a range of samples, in columns of its length. */
export interface Prints {
  readonly states: Uint8Array;
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  /** `thumbnailSize` values a sample. */
  readonly thumbnails: Int8Array;
}

/** Reads PNG and JPEG; throws for what is damaged. */
export type Decode = (bytes: Uint8Array) => Image;

/** A picture of more pixels would take more memory than a thread should have: it is not decoded. */
const mostPixels = 1 << 26;

/** The first bytes of the kinds that are known but not decoded: GIF, BMP, TIFF, WebP. */
const isOtherKind = (bytes: Uint8Array): boolean => {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  return /^(GIF8|BM|II\*\0|MM\0\*|RIFF....WEBP)/s.test(head);
};

const imageOf = (contents: Contents, decode: Decode, sample: number): Image | 'otherKind' => {
  const found = contents.picture(sample);
  if (found.kind === 'pixels') return found;
  if (found.kind === 'row') return 'otherKind';
  const { bytes } = found;
  if (isOtherKind(bytes)) return 'otherKind';
  const header = pictureHeader(bytes);
  if (header === null || header.width * header.height > mostPixels || !isWholeJpeg(bytes))
    throw new LongtailError('dataset/sample-unreadable', { path: '', reason: 'damaged' });
  return decode(bytes);
};

const printOf = (
  contents: Contents,
  decode: Decode,
  print: (image: Image) => PicturePrint | null,
  sample: number,
): PicturePrint | Exclude<keyof typeof states, 'printed'> => {
  try {
    const image = imageOf(contents, decode, sample);
    return image === 'otherKind' ? image : (print(image) ?? 'flat');
  } catch {
    // A decoder throws what it likes for damaged bytes, numbers among it; or the file is missing.
    return 'undecodable';
  }
};

/** Decodes samples [from, to) and keeps their prints. `tick` is told how many are done; may throw. */
export const printSamples = (
  { from, to }: { readonly from: number; readonly to: number },
  contents: Contents,
  decode: Decode,
  tick: (done: number) => void,
): Prints => {
  const count = to - from;
  const prints: Prints = {
    states: new Uint8Array(count),
    low: new Uint32Array(count),
    high: new Uint32Array(count),
    thumbnails: new Int8Array(count * thumbnailSize),
  };
  const print = createPrinter();
  for (let i = 0; i < count; i++) {
    tick(i);
    const made = printOf(contents, decode, print, from + i);
    if (typeof made === 'string') prints.states[i] = states[made];
    else {
      prints.low[i] = made.low;
      prints.high[i] = made.high;
      prints.thumbnails.set(made.thumbnail, i * thumbnailSize);
    }
  }
  return prints;
};
