export function generateSchemas(): Promise<Record<string, string>>;
