import { LongtailError } from '../../common/errors';
import { extensionOf } from '../formats/folders';
import { isSystemError } from '../issues';
import { pictureHeader } from '../pictureFacts';
import type { DatasetIndex, FileSource } from '../types';
import type { Contents } from './contents';
import { placesOf } from './places';
import type { MediaFacts, Spread, StepTick } from './types';
import { otherPictureSize, type ReadPart } from './otherPictures';
import { flacSeconds, isSoundHead, oggSeconds, wavSeconds } from './soundSeconds';

/** Enough for the colour profile and the thumbnail that a JPEG may carry before its frame header. */
const headBytes = 1 << 17;
const maxExamples = 20;
const perTick = 64;

/** Kinds whose heads are read. */
const pictures: ReadonlySet<string> = new Set('png jpg jpeg jpe gif bmp webp tif tiff'.split(' '));
const sounds: ReadonlySet<string> = new Set('wav flac ogg opus'.split(' '));

type Fact =
  | { readonly kind: 'picture'; readonly width: number; readonly height: number }
  | { readonly kind: 'sound'; readonly seconds: number }
  | { readonly kind: 'empty' | 'unreadable' | 'unknown' };

const ofBytes = (bytes: Uint8Array, read: ReadPart, isSure: boolean): Fact => {
  if (bytes.length === 0) return { kind: 'empty' };
  const header = pictureHeader(bytes) ?? otherPictureSize(bytes, read);
  if (header === null) return { kind: isSure ? 'unreadable' : 'unknown' };
  return { kind: 'picture', width: header.width, height: header.height };
};

const ofSound = (head: Uint8Array, fileSize: number, read: ReadPart): Fact => {
  const seconds =
    wavSeconds(head, fileSize) ?? flacSeconds(head) ?? oggSeconds(head, fileSize, read);
  if (seconds !== null) return { kind: 'sound', seconds };
  // A whole head may still not tell the duration.
  return { kind: isSoundHead(head) ? 'unknown' : 'unreadable' };
};

const partOf =
  (bytes: Uint8Array): ReadPart =>
  (offset, length) =>
    bytes.subarray(offset, offset + length);

const factOf = (index: DatasetIndex, contents: Contents, sample: number): Fact => {
  try {
    if (!contents.isFile(sample)) {
      const read = contents.read(sample);
      if (read.kind === 'pixels') return { ...read, kind: 'picture' };
      return read.kind === 'row'
        ? { kind: 'unknown' }
        : ofBytes(read.bytes, partOf(read.bytes), false);
    }
    const ending = extensionOf(index.locator(sample).path);
    if (contents.fileSize(sample) === 0) return { kind: 'empty' };
    if (!sounds.has(ending) && !pictures.has(ending)) return { kind: 'unknown' };
    const part: ReadPart = (offset, length) => contents.part(sample, offset, length);
    const head = part(0, headBytes);
    return pictures.has(ending)
      ? ofBytes(head, part, true)
      : ofSound(head, contents.fileSize(sample) ?? 0, part);
  } catch (error) {
    if (error instanceof LongtailError || isSystemError(error)) return { kind: 'unreadable' };
    throw error;
  }
};

/** Smallest, largest and three percentiles (nearest rank); null of no values. */
export const spreadOf = (values: readonly number[]): Spread | null => {
  const sorted = Float64Array.from(values).sort();
  const rank = (share: number): number =>
    sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  if (sorted.length === 0) return null;
  return {
    count: sorted.length,
    min: rank(0),
    p5: rank(0.05),
    median: rank(0.5),
    p95: rank(0.95),
    max: rank(1),
  };
};

/** Reads the head of every sample: sizes, durations, and what is empty or damaged there. */
export const readMedia = (
  index: DatasetIndex,
  source: FileSource,
  contents: Contents,
  tick: StepTick,
): MediaFacts => {
  const counts = { empty: 0, unreadable: 0, unknown: 0 };
  const odd: number[] = [];
  const widths: number[] = [];
  const heights: number[] = [];
  const seconds: number[] = [];
  for (let sample = 0; sample < index.samples; sample++) {
    if (sample % perTick === 0) tick(sample, index.samples);
    const fact = factOf(index, contents, sample);
    if (fact.kind === 'picture') {
      widths.push(fact.width);
      heights.push(fact.height);
    } else if (fact.kind === 'sound') seconds.push(fact.seconds);
    else {
      counts[fact.kind]++;
      if (fact.kind !== 'unknown' && odd.length < maxExamples) odd.push(sample);
    }
  }
  return {
    ...counts,
    examples: placesOf(source, index, odd),
    width: spreadOf(widths),
    height: spreadOf(heights),
    seconds: spreadOf(seconds),
  };
};
