/** Numbers as IEEE 754 half precision (float16), two bytes each; round to nearest even. */
export const toHalf = (values: ArrayLike<number>): Uint16Array => {
  const float = new Float32Array(1);
  const bits = new Uint32Array(float.buffer);
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < halves.length; i++) {
    float[0] = values[i] ?? 0;
    const word = bits[0] ?? 0;
    const sign = (word >>> 16) & 0x8000;
    const magnitude = word & 0x7fff_ffff;
    if (magnitude >= 0x4780_0000) {
      // 65536 and above, infinity and NaN: what rounds to 65536 below is handled by the carry.
      halves[i] = sign | (magnitude > 0x7f80_0000 ? 0x7e00 : 0x7c00);
      continue;
    }
    // Below 2^-14 the spacing stays 2^-24, the one float32 has from ½ on: adding ½ rounds to it.
    if (magnitude < 0x3880_0000) {
      float[0] = Math.abs(values[i] ?? 0) + 0.5;
      halves[i] = sign | ((bits[0] ?? 0) - 0x3f00_0000);
      continue;
    }
    const odd = (magnitude >>> 13) & 1;
    halves[i] = sign | ((magnitude - 0x3800_0000 + 0xfff + odd) >>> 13);
  }
  return halves;
};

/** The numbers that halves stand for. */
export const fromHalf = (halves: Uint16Array): Float32Array => {
  const values = new Float32Array(halves.length);
  for (let i = 0; i < values.length; i++) {
    const half = halves[i] ?? 0;
    const exponent = (half >>> 10) & 31;
    const fraction = half & 1023;
    const magnitude =
      exponent === 0
        ? fraction * 2 ** -24
        : exponent === 31
          ? fraction === 0
            ? Infinity
            : NaN
          : (1024 + fraction) * 2 ** (exponent - 25);
    values[i] = half & 0x8000 ? -magnitude : magnitude;
  }
  return values;
};
