/** Maps a value to a coordinate. */
export type Scale = (value: number) => number;

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Straight line between the ends; a domain of one value maps to the start of the range. */
export const linearScale =
  (domain: Range, range: Range): Scale =>
  (value) =>
    domain.to === domain.from
      ? range.from
      : range.from + ((value - domain.from) / (domain.to - domain.from)) * (range.to - range.from);

/** Logarithmic between positive ends; values at or below the lower end (0 too) map to its place. */
export const logScale = (domain: Range, range: Range): Scale => {
  const straight = linearScale({ from: Math.log(domain.from), to: Math.log(domain.to) }, range);
  return (value) => straight(Math.log(Math.max(value, domain.from)));
};

/** Powers of ten that enclose positive counts: {10, 10000} for 50 … 5000. At least one decade. */
export const decades = (smallest: number, largest: number): Range => {
  const low = Math.floor(Math.log10(Math.max(smallest, 1)) + 1e-9);
  const high = Math.ceil(Math.log10(Math.max(largest, 1)) - 1e-9);
  // The smallest bar must be seen: a count on the lower edge gets a decade below it.
  const from = 10 ** low >= smallest && low > 0 ? low - 1 : low;
  return { from: 10 ** from, to: 10 ** Math.max(high, from + 1) };
};

/** Powers of ten that enclose any positive values, also those below 1. At least one decade. */
export const powersAround = (smallest: number, largest: number): Range => {
  const low = Math.floor(Math.log10(smallest) + 1e-9);
  const high = Math.ceil(Math.log10(largest) - 1e-9);
  return { from: 10 ** low, to: 10 ** Math.max(high, low + 1) };
};

/** The powers of ten within a range of decades, ascending. */
export const logTicks = ({ from, to }: Range): readonly number[] => {
  const first = Math.round(Math.log10(from));
  const last = Math.round(Math.log10(to));
  return Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
};

/** A step of 1, 2 or 5 times a power of ten that parts `span` into at most `most` pieces. */
export const niceStep = (span: number, most: number): number => {
  const raw = span / Math.max(1, most);
  if (!(raw > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= raw * (1 - 1e-9)) ?? 10;
  return step * power;
};

/** Round values from `from` that cover `to`, at most `most` + 1 of them. */
export const linearTicks = ({ from, to }: Range, most: number): readonly number[] => {
  const step = niceStep(to - from, most);
  const count = Math.max(1, Math.ceil((to - from) / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, i) => Number((from + i * step).toPrecision(12)));
};
