export interface WorkbenchServer {
  readonly address: string;
  readonly userData: string;
  log(): string;
  stop(): Promise<void>;
}
export interface ServerOptions {
  readonly workbench: string;
  readonly restricted?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
export const quietSettings: Readonly<Record<string, unknown>>;
export function startServer(options: ServerOptions): Promise<WorkbenchServer>;
export function workbenchUrl(
  address: string,
  window: { readonly folder: string; readonly extension?: string; readonly tests?: string },
): string;
