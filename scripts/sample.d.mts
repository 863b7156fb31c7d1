export const sampleShape: {
  readonly largest: number;
  readonly imbalance: number;
  readonly classes: number;
};
export function longTailCounts(shape: {
  readonly largest: number;
  readonly imbalance: number;
  readonly classes: number;
}): number[];
export function greyPng(width: number, height: number, pixels: Uint8Array): Buffer;
export function readMnist(
  folder: string,
  half: 'train' | 't10k',
): {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  label(i: number): number;
  pixels(i: number): Uint8Array;
};
export function makeSample(
  folder: string,
  say?: (line: string) => void,
): { readonly dataset: string; readonly made: boolean };
