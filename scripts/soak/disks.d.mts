interface Options {
  readonly backend: string;
  readonly seed?: number;
}
interface WentShort {
  readonly end: {
    readonly failed: { readonly code: string } | null;
    readonly code: number | null;
    readonly signal: string | null;
    readonly words: string;
  };
  readonly faults: readonly string[];
  readonly same: boolean;
}
export function fullDisk(folder: string, options: Options): Promise<WentShort>;
export function fullHeap(folder: string, options: Options): Promise<WentShort>;
export function noDisk(folder: string): string | null;
export function diskSoak(
  folder: string,
  options: Options & { readonly points: number },
): Promise<{
  readonly results: readonly {
    readonly kind: string;
    readonly failed: boolean;
    readonly problem: string | null;
  }[];
}>;
