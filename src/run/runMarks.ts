import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runFiles } from '../protocol/runFiles';
import { writeAtomic } from './atomicFile';

/** What a user calls a run; kept apart from `run.json`, which the process that trains writes. */
export interface RunMarks {
  /** null: its title is its name. */
  readonly name: string | null;
  readonly tags: readonly string[];
}

const none: RunMarks = { name: null, tags: [] };
const longestName = 200;
const mostTags = 20;

/** Tags between commas: each once, without blanks around it, at most twenty. */
export const parseTags = (text: string): readonly string[] =>
  [...new Set(text.split(',').map((tag) => tag.trim().slice(0, longestName)))]
    .filter((tag) => tag !== '')
    .slice(0, mostTags);

const marksOf = (value: unknown): RunMarks => {
  if (typeof value !== 'object' || value === null) return none;
  const name = 'name' in value && typeof value.name === 'string' ? value.name : null;
  const tags = 'tags' in value && Array.isArray(value.tags) ? value.tags : [];
  return { name, tags: tags.filter((tag): tag is string => typeof tag === 'string') };
};

/** The marks of a run; none where there are none, or they cannot be read. */
export const readMarks = (folder: string): RunMarks => {
  try {
    return marksOf(JSON.parse(readFileSync(join(folder, runFiles.marks), 'utf8')));
  } catch {
    return none;
  }
};

/** Changes the marks of a run. An empty name gives it its title back. */
export const markRun = (folder: string, change: Partial<RunMarks>): void => {
  const { name, tags } = { ...readMarks(folder), ...change };
  const given = name?.trim().slice(0, longestName) ?? '';
  const marks: RunMarks = { name: given === '' ? null : given, tags };
  writeAtomic(join(folder, runFiles.marks), `${JSON.stringify(marks, null, 2)}\n`);
};
