export const codeServerVersion: string;
export function workbenchCache(): string;
export function workbenchFolder(): string;
export function workbenchEntry(folder: string): string;
export function installWorkbench(options?: {
  readonly log?: (line: string) => void;
}): Promise<string>;
