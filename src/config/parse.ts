import {
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
} from 'yaml';
import type * as z from 'zod/mini';
import type { Issue } from '../common/errors';
import { isTooDeep } from '../dataset/bytes/plainYaml';
import { showPath, type KeyPath } from './keys';
import { configSchema, type RebalanceConfig } from './schema';
import { problemsOf } from './zodIssues';

/** An issue of a config that names the key it is about. */
export interface ConfigIssue extends Issue {
  readonly at: KeyPath;
}

/** An issue with its place in the text; line and columns count from 1, `endColumn` is exclusive. */
export interface PlacedIssue extends ConfigIssue {
  readonly line: number;
  readonly column: number;
  readonly endColumn?: number;
}

/** A value read from YAML; null when an error was found. */
export interface ParsedYaml<T> {
  readonly value: T | null;
  readonly issues: readonly PlacedIssue[];
}

export interface ParsedConfig {
  /** null when an error was found. */
  readonly config: RebalanceConfig | null;
  readonly issues: readonly PlacedIssue[];
}

interface Source {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  readonly path: string;
}

const open = (text: string, path: string): Source => {
  const lines = new LineCounter();
  return {
    document: parseDocument(text, { lineCounter: lines, prettyErrors: false }),
    lines,
    path,
  };
};

/** The node of a key when `key` is set, else of its value; the nearest ancestor where it is missing. */
const nodeAt = (source: Source, at: KeyPath, key: boolean): Node | null => {
  let here: unknown = source.document.contents;
  let found: Node | null = source.document.contents;
  for (const [depth, part] of at.entries()) {
    if (!isMap(here)) {
      const next: unknown = source.document.getIn(at.slice(0, depth + 1), true);
      if (next === undefined) return found;
      here = next;
      found = next as Node;
      continue;
    }
    const pair = here.items.find(
      (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(part),
    );
    if (pair === undefined) return found;
    const last = depth === at.length - 1;
    here = pair.value;
    const nothing = !isNode(pair.value) || pair.value.range?.[0] === pair.value.range?.[1];
    found = ((last && key) || nothing ? pair.key : pair.value) as Node;
  }
  return found;
};

const place = (
  source: Source,
  range: readonly number[] | null | undefined,
): { line: number; column: number; endColumn?: number } => {
  const start = source.lines.linePos(range?.[0] ?? 0);
  const end = source.lines.linePos(range?.[1] ?? 0);
  const line = Math.max(1, start.line);
  const column = Math.max(1, start.col);
  return end.line === start.line && end.col > column
    ? { line, column, endColumn: end.col }
    : { line, column };
};

const located = (source: Source, issue: ConfigIssue, key: boolean): PlacedIssue => ({
  ...issue,
  path: source.path,
  ...place(source, nodeAt(source, issue.at, key)?.range),
});

/** Puts issues about keys of a config at their line and column in its text. */
export const placeIssues = (
  text: string,
  path: string,
  issues: readonly ConfigIssue[],
): readonly PlacedIssue[] => {
  const source = open(text, path);
  return issues.map((issue) => located(source, issue, false));
};

/**
 * Reads YAML that a schema describes. Unknown keys are refused with the nearest known one; every
 * issue names the key, what was expected, and its line and column. `path` is only named in the
 * issues. Never throws for bad text.
 */
export const parseYamlAs = <T>(
  schema: z.ZodMiniType<T>,
  text: string,
  path: string,
): ParsedYaml<T> => {
  if (isTooDeep(text)) {
    const place = { at: [], path, line: 1, column: 1 };
    return {
      value: null,
      issues: [{ code: 'config/too-deep', params: {}, severity: 'error', ...place }],
    };
  }
  const source = open(text, path);
  const { document } = source;
  const yamlIssues = [...document.errors, ...document.warnings].map((error): PlacedIssue => ({
    code: error.code === 'DUPLICATE_KEY' ? 'config/duplicate-key' : 'config/yaml',
    params: { detail: error.message },
    severity: error.name === 'YAMLWarning' ? 'warning' : 'error',
    at: [],
    path,
    ...place(source, error.pos),
  }));
  if (document.errors.length > 0) return { value: null, issues: yamlIssues };
  const { value, problem } = toValue(document);
  if (problem !== null)
    return { value: null, issues: [...yamlIssues, located(source, problem, false)] };
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data, issues: yamlIssues };
  const issues = problemsOf(result.error.issues, value, [], schema).map(({ issue, onKey }) =>
    located(source, issue, onKey),
  );
  return { value: null, issues: [...yamlIssues, ...issues] };
};

/** Reads `longtail.yaml`. Never throws for bad text. */
export const parseConfig = (text: string, path: string): ParsedConfig => {
  const { value, issues } = parseYamlAs(configSchema, text, path);
  return { config: value, issues };
};

/** The plain value of a document, or why it has none (an alias without anchor, too many of them, no keys). */
const toValue = (
  document: Document.Parsed,
): { readonly value: unknown; readonly problem: ConfigIssue | null } => {
  const fail = (code: string, detail = ''): ConfigIssue => ({
    code,
    params: { detail, place: showPath([]) },
    severity: 'error',
    at: [],
  });
  if (!isMap(document.contents)) return { value: null, problem: fail('config/not-a-map') };
  try {
    return { value: document.toJS({ maxAliasCount: 100 }), problem: null };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { value: null, problem: fail('config/yaml', detail) };
  }
};
