import type { ReadPart } from './otherPictures';

/**
 * Duration of a WAV file from its first bytes: length of the data chunk over bytes a second
 * (RIFF, "fmt " then "data"). Where a recorder left the length open, what the file holds counts.
 * Null for other bytes, and where the header is cut or says zero bytes a second.
 */
export const wavSeconds = (head: Uint8Array, fileSize: number): number | null => {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const tag = (at: number): string => String.fromCharCode(...head.subarray(at, at + 4));
  if (head.length < 12 || tag(0) !== 'RIFF' || tag(8) !== 'WAVE') return null;
  let bytesPerSecond = 0;
  for (let at = 12; at + 8 <= head.length;) {
    const length = view.getUint32(at + 4, true);
    if (tag(at) === 'fmt ' && at + 20 <= head.length)
      bytesPerSecond = view.getUint32(at + 16, true);
    if (tag(at) === 'data')
      return bytesPerSecond === 0
        ? null
        : Math.min(length, Math.max(0, fileSize - at - 8)) / bytesPerSecond;
    at += 8 + length + (length & 1);
  }
  return null;
};

/**
 * Duration of a FLAC file by STREAMINFO, its first block (RFC 9639, 8.2): 20 bits of samples a
 * second, 36 bits of samples. Null for other bytes, and where the encoder left the length open.
 */
export const flacSeconds = (head: Uint8Array): number | null => {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < 26 || view.getUint32(0) !== 0x664c6143) return null;
  const rate = view.getUint32(18) >>> 12;
  const samples = (view.getUint8(21) & 15) * 2 ** 32 + view.getUint32(22);
  return rate === 0 || samples === 0 ? null : samples / rate;
};

/** Whether bytes begin as FLAC or Ogg, or as FLAC behind a tag of ID3. */
export const isSoundHead = (head: Uint8Array): boolean =>
  /^(fLaC|OggS|ID3)/.test(Buffer.from(head.subarray(0, 4)).toString('latin1'));

/** The longest page there can be is a little shorter (RFC 3533). */
const pageBytes = 1 << 16;

/**
 * Duration of an Ogg file with Vorbis or Opus: the position of its last page over the samples a
 * second of its first (Opus always counts 48,000 and skips what the head says). Null for others.
 */
export const oggSeconds = (head: Uint8Array, fileSize: number, read: ReadPart): number | null => {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  if (bytes.length < 47 || bytes.toString('latin1', 0, 4) !== 'OggS') return null;
  const start = 27 + (bytes[26] ?? 0);
  if (bytes.length < start + 20) return null;
  const isOpus = bytes.toString('latin1', start, start + 8) === 'OpusHead';
  const isVorbis = bytes.toString('latin1', start, start + 7) === '\x01vorbis';
  const rate = isOpus ? 48_000 : isVorbis ? bytes.readUInt32LE(start + 12) : 0;
  const from = Math.max(0, fileSize - pageBytes);
  const tail = Buffer.from(read(from, fileSize - from));
  const last = tail.lastIndexOf('OggS', undefined, 'latin1');
  if (rate === 0 || last < 0 || last + 14 > tail.length) return null;
  const position =
    Number(tail.readBigInt64LE(last + 6)) - (isOpus ? bytes.readUInt16LE(start + 10) : 0);
  return position < 0 ? null : position / rate;
};
