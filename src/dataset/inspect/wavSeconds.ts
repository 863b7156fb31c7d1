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
