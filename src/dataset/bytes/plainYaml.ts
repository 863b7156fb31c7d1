import { parseDocument } from 'yaml';

const maxText = 1024 * 1024;
/** Levels of nesting that are read: the parser's own limit is the stack, whose end is the process's. */
const maxLevels = 32;

/**
 * Whether a YAML text nests deeper than 32 levels, which no description of a dataset and no config
 * does; counted, not parsed.
 */
export const isTooDeep = (text: string): boolean => {
  let open = 0;
  let indent = 0;
  for (let i = 0; i < text.length; i++) {
    const mark = text[i];
    if (mark === '[' || mark === '{') open++;
    else if (mark === ']' || mark === '}') open = Math.max(0, open - 1);
    if (open > maxLevels) return true;
  }
  for (const [start] of text.matchAll(/^(?:[ \t]|[-?:](?=[ \t]))*/gm)) {
    indent = Math.max(indent, start.replaceAll(/[ \t]/g, '').length);
    if (indent > maxLevels || start.length > 16 * maxLevels) return true;
  }
  return false;
};

/**
 * YAML of a dataset as maps, lists and scalars; null for what cannot be read, is above 1 MB or
 * nested deeper than 32 levels. Tags run nothing and stand for nothing. Maps are Map: keys such as
 * `__proto__` are keys, and a key that is a list is not written out as text at each level anew.
 */
export const readYaml = (text: string): unknown => {
  if (text.length > maxText || isTooDeep(text)) return null;
  try {
    const document = parseDocument(text, { logLevel: 'silent', schema: 'core' });
    const value: unknown = document.toJS({ mapAsMap: true, maxAliasCount: 20 });
    return value;
  } catch {
    return null;
  }
};
