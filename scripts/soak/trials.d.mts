export interface SoakResult {
  readonly kind: string;
  readonly kills: number;
  readonly midWrite: number;
  readonly problem: string | null;
}
export function soak(
  folder: string,
  options: {
    readonly backend: string;
    readonly points: number;
    readonly seed?: number;
    readonly sweep?: boolean;
  },
): Promise<{
  readonly results: readonly SoakResult[];
  readonly operations: number;
  readonly ms: number;
}>;
