import { describe, expect, it } from 'vitest';
import { adapters, notBuiltYet } from './adapters';
import { differences } from './compare';
import { readGoldenFiles } from './files';
import type { GoldenCase, GoldenFile, Json } from './files';

/** An infinite or undefined measure of a profile is null: its JSON has no infinity. */
const finiteOrNull = (value: Json): Json => {
  if (value === 'Infinity' || value === 'NaN') return null;
  if (Array.isArray(value)) return value.map(finiteOrNull);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, finiteOrNull(own)]));
};

const expectedOf = (file: GoldenFile, given: GoldenCase): Json =>
  file.name === 'profile' ? finiteOrNull(given.expected) : given.expected;

const files = readGoldenFiles();

it('finds reference files', () => {
  expect(files.map((file) => file.name)).toEqual(
    expect.arrayContaining([
      'losses',
      'metrics',
      'mixup',
      'posthoc',
      'profile',
      'sampling',
      'weights',
    ]),
  );
});

describe.each(files)('$name', (file) => {
  const kinds = [...new Set(file.cases.map((given) => given.kind))];

  it('has no kind that is neither built nor listed as not built yet', () => {
    const known = [...Object.keys(adapters[file.name] ?? {}), ...(notBuiltYet[file.name] ?? [])];
    expect(kinds.filter((kind) => !known.includes(kind))).toEqual([]);
  });

  for (const kind of kinds) {
    const adapter = adapters[file.name]?.[kind];
    const cases = file.cases.filter((given) => given.kind === kind);
    if (!adapter) {
      it.todo(`${kind}: not built yet, ${cases.length} cases not compared`);
      continue;
    }
    it(`${kind} agrees in ${cases.length} cases`, () => {
      const found = cases.flatMap((given) => {
        const tolerance = given.tolerance?.['float64'] ?? file.tolerance.float64;
        const got = adapter(given.input, file);
        return differences(got, expectedOf(file, given), tolerance, given.id);
      });
      expect(found.slice(0, 20)).toEqual([]);
    });
  }
});
