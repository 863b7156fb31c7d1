import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LongtailError } from '../common/errors';
import { reasonOf } from '../dataset/issues';
import { readShares } from '../recommend/shareFile';
import type { Deployment } from '../recommend/types';
import type { Io } from './io';

/** The classes shares are given for: a profile, or the columns of a model. */
interface Classes {
  readonly classes: readonly { readonly name: string }[];
}

const sharesIn = (path: string, named: Classes): Readonly<Record<string, number>> => {
  try {
    return readShares(readFileSync(path, 'utf8'), path, named);
  } catch (error) {
    if (error instanceof LongtailError) throw error;
    const detail = reasonOf(error);
    throw new LongtailError('cli/deploy-unreadable', { path, detail }, { cause: error });
  }
};

/**
 * What `--deploy` says: `uniform`, `as-trained`, or a CSV, YAML or JSON file of class: share (any
 * scale, every class named). undefined = not answered.
 */
export const readDeployment = (
  answer: string | undefined,
  profile: Classes,
  io: Io,
): Deployment | undefined => {
  if (answer === undefined) return undefined;
  if (answer === 'uniform' || answer === 'as-trained') return { kind: answer };
  const path = resolve(io.cwd, answer);
  return { kind: 'given', shares: sharesIn(path, profile) };
};
