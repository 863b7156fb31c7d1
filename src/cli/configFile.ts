import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { LongtailError } from '../common/errors';
import { readConfig } from '../config/combinations';
import { factsOf, type DatasetFacts } from '../config/facts';
import { parseConfig, type ParsedConfig, type PlacedIssue } from '../config/parse';
import { resolveDataset } from '../config/paths';
import type { RebalanceConfig } from '../config/schema';
import { formatOptionsIn } from '../dataset/formatOptions';
import { reasonOf } from '../dataset/issues';
import type { DatasetIndex } from '../dataset/types';
import { profileDataset } from '../profile/profile';
import { issueLine } from '../report/issueLine';
import { words } from '../words/say';
import type { Io } from './io';
import { scan } from './profileOf';

/** A config that agrees with itself and with its dataset. */
export interface OpenedConfig {
  readonly config: RebalanceConfig;
  readonly index: DatasetIndex;
  readonly indexPath: string;
  readonly text: string;
}

/** A whole text file, or `cli/cannot-read`. */
export const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new LongtailError('cli/cannot-read', { path, detail: reasonOf(error) }, { cause: error });
  }
};

/** Says on stderr what is wrong with a file, a line each. */
export const printIssues = (path: string, issues: readonly PlacedIssue[], io: Io): void => {
  for (const issue of issues) io.err(`${issueLine(path, issue)}\n`);
};

/** Prints what is wrong with a config; null when one issue is an error. */
const accepted = (
  path: string,
  { config, issues }: ParsedConfig,
  io: Io,
): ParsedConfig['config'] => {
  printIssues(path, issues, io);
  if (config === null) io.err(`${words('cli/config/refused', { path })}\n`);
  return config;
};

/**
 * Reads a config, scans the dataset it names and checks one against the other. Issues go to stderr
 * with file, line and column; null when they forbid to go on. `forbid` may throw on the facts of
 * the dataset before the config is held against them.
 */
export const openConfig = async (
  path: string,
  io: Io,
  forbid: (facts: DatasetFacts) => void = () => undefined,
): Promise<OpenedConfig | null> => {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new LongtailError('cli/config-is-folder', { path });
  const text = readText(path);
  const alone = parseConfig(text, path);
  if (alone.config === null) {
    accepted(path, alone, io);
    return null;
  }
  const dataset = resolveDataset(alone.config.dataset, dirname(path).replaceAll('\\', '/'));
  const { index, indexPath } = await scan(io, dataset.root, formatOptionsIn(dataset));
  const facts = factsOf(profileDataset(index));
  forbid(facts);
  const config = accepted(path, readConfig(text, path, facts), io);
  return config === null ? null : { config, index, indexPath, text };
};
