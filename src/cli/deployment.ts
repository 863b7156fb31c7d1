import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { LongtailError } from '../common/errors';
import { nearest } from '../config/nearest';
import { isTooDeep } from '../dataset/bytes/plainYaml';
import type { Deployment } from '../recommend/types';
import type { Io } from './io';

/** The classes shares are given for: a profile, or the columns of a model. */
interface Classes {
  readonly classes: readonly { readonly name: string }[];
}

const readShares = (path: string): unknown => {
  try {
    const text = readFileSync(path, 'utf8');
    const value: unknown = isTooDeep(text) ? null : parse(text, { maxAliasCount: 0 });
    return value;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new LongtailError('cli/deploy-unreadable', { path, detail }, { cause: error });
  }
};

const checkedShares = (
  value: unknown,
  path: string,
  { classes }: Classes,
): Readonly<Record<string, number>> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new LongtailError('cli/deploy-not-shares', { path });
  const known = classes.map(({ name }) => name);
  const shares = new Map<string, number>();
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  for (const [name, share] of entries) {
    if (typeof share !== 'number' || !Number.isFinite(share) || share < 0)
      throw new LongtailError('cli/deploy-not-a-share', { path, name, got: JSON.stringify(share) });
    if (!known.includes(name)) {
      const near = nearest(name, known);
      throw near === null
        ? new LongtailError('cli/deploy-unknown-class', { path, name })
        : new LongtailError('cli/deploy-unknown-class-near', { path, name, near });
    }
    shares.set(name, share);
  }
  const lacking = known.filter((name) => !shares.has(name));
  if (lacking.length > 0)
    throw new LongtailError('cli/deploy-missing-class', { path, names: lacking.slice(0, 8) });
  const sum = [...shares.values()].reduce((a, b) => a + b, 0);
  if (sum <= 0) throw new LongtailError('cli/deploy-not-shares', { path });
  return Object.fromEntries([...shares].map(([name, share]) => [name, share / sum]));
};

/**
 * What `--deploy` says: `uniform`, `as-trained`, or a YAML or JSON file of class: share (any scale,
 * every class named). undefined = not answered.
 */
export const readDeployment = (
  answer: string | undefined,
  profile: Classes,
  io: Io,
): Deployment | undefined => {
  if (answer === undefined) return undefined;
  if (answer === 'uniform' || answer === 'as-trained') return { kind: answer };
  const path = resolve(io.cwd, answer);
  return { kind: 'given', shares: checkedShares(readShares(path), path, profile) };
};
