export type PythonEnv =
  | { readonly python: string; readonly env: Record<string, string>; readonly version: string }
  | { readonly missing: string };
export function ensurePythonEnv(
  /** A row of the table in python-env.mjs. */
  name: string,
  say?: (line: string) => void,
): Promise<PythonEnv>;
