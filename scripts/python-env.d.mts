export type PythonEnv =
  | { readonly python: string; readonly env: Record<string, string>; readonly version: string }
  | { readonly missing: string };
export function ensurePythonEnv(
  name: 'keras' | 'torch' | 'vision',
  say?: (line: string) => void,
): Promise<PythonEnv>;
