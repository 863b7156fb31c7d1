import type * as z from 'zod/mini';
import type { MessageParams } from '../common/errors';
import { knownKeys, showPath, type KeyPath } from './keys';
import { nearest } from './nearest';
import type { ConfigIssue } from './parse';

type ZodIssue = z.core.$ZodIssue;

/** What is wrong, and whether the place is the key itself rather than its value. */
export interface Problem {
  readonly issue: ConfigIssue;
  readonly onKey: boolean;
}

const valueAt = (root: unknown, path: KeyPath): unknown =>
  path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([name]) => name === String(part))?.[1]
        : undefined,
    root,
  );

const show = (value: unknown): string => {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

const depthOf = (issues: readonly ZodIssue[]): number =>
  Math.max(
    -1,
    ...issues.map((issue) => (issue.code === 'unrecognized_keys' ? 1 : issue.path.length)),
  );

/** Words a union would have taken at this very place, and what else it takes. */
const choicesOf = (branches: readonly (readonly ZodIssue[])[]): readonly string[] =>
  branches.flatMap((branch) =>
    branch.flatMap((issue) => {
      if (issue.path.length > 0) return [];
      if (issue.code === 'invalid_value') return issue.values.map(String);
      return issue.code === 'invalid_type' ? [`a ${issue.expected}`] : [];
    }),
  );

/** Turns what the schema says into issues with codes that `words` knows. `root` is the value checked. */
export const problemsOf = (
  issues: readonly ZodIssue[],
  root: unknown,
  base: KeyPath = [],
  schema?: z.core.$ZodType,
): readonly Problem[] => issues.flatMap((issue) => problemOf(issue, root, base, schema));

const problemOf = (
  issue: ZodIssue,
  root: unknown,
  base: KeyPath,
  schema: z.core.$ZodType | undefined,
): readonly Problem[] => {
  const at = [...base, ...issue.path.filter((part) => typeof part !== 'symbol')];
  const value = valueAt(root, at);
  const one = (code: string, params: MessageParams, onKey = false): readonly Problem[] => [
    { issue: { code, params: { place: showPath(at), ...params }, severity: 'error', at }, onKey },
  ];
  const choice = (choices: readonly string[]): readonly Problem[] => {
    const near = typeof value === 'string' ? nearest(value, choices) : null;
    return near === null
      ? one('config/choice', { got: show(value), choices })
      : one('config/choice-near', { got: show(value), choices, near });
  };
  const missing = value === undefined;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const known = knownKeys(at, root, schema);
        const near = nearest(key, known);
        const keyPath = [...at, key];
        return {
          issue: {
            code: near === null ? 'config/unknown-key' : 'config/unknown-key-near',
            params: {
              key,
              place: showPath(at),
              ...(near === null ? { known } : { near }),
            },
            severity: 'error',
            at: keyPath,
          },
          onKey: true,
        };
      });
    case 'invalid_union': {
      if (missing) return one('config/missing', {}, true);
      if ('options' in issue && Array.isArray(issue.options))
        return choice(issue.options.map(String));
      const deepest = issue.errors.toSorted((a, b) => depthOf(b) - depthOf(a))[0] ?? [];
      return depthOf(deepest) > 0
        ? problemsOf(deepest, root, at, schema)
        : choice(choicesOf(issue.errors));
    }
    case 'invalid_value':
      return missing ? one('config/missing', {}, true) : choice(issue.values.map(String));
    case 'invalid_type':
      return missing
        ? one('config/missing', {}, true)
        : one(`config/type-${typeName(issue.expected)}`, { got: show(value) });
    case 'too_small':
      return one(sizeCode('small', issue.origin, issue.inclusive), {
        limit: Number(issue.minimum),
        got: show(value),
      });
    case 'too_big':
      return one(sizeCode('big', issue.origin, issue.inclusive), {
        limit: Number(issue.maximum),
        got: show(value),
      });
    default:
      return one('config/invalid', { got: show(value), detail: issue.message });
  }
};

const typeName = (expected: string): string =>
  ['string', 'number', 'int', 'boolean', 'array', 'tuple'].includes(expected)
    ? expected.replace('tuple', 'array')
    : 'map';

const sizeCode = (side: 'small' | 'big', origin: string, inclusive: boolean | undefined): string =>
  origin === 'number' || origin === 'int'
    ? `config/too-${side}${inclusive === false ? '-strict' : ''}`
    : `config/too-${side === 'small' ? 'few' : 'many'}`;
