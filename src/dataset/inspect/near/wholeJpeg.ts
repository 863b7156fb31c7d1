/** A marker's bytes are followed by its length, but for those that stand alone. */
const standsAlone = (marker: number): boolean =>
  marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/**
 * Whether a JPEG goes on to its end: a decoder fills what is missing of a cut file with grey and
 * says nothing. In coded data a byte FF is never followed by D9 (ITU-T T.81, B.1.1.5), so the
 * marker behind the first scan is the end; one before it is a thumbnail's. True for other bytes.
 */
export const isWholeJpeg = (bytes: Uint8Array): boolean => {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return true;
  for (let at = 2; at + 3 < bytes.length;) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff) return false;
    if (marker === 0xda)
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(
        'ffd9',
        at,
        'hex',
      );
    if (marker === 0xff) at += 1;
    else at += standsAlone(marker) ? 2 : 2 + (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0);
  }
  return false;
};
