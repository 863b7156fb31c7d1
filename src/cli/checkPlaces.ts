import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { Finding, FindingPlace } from '../check/types';
import { rootFolder } from '../dataset/formats/folders';
import { placesOf } from '../dataset/inspect/places';
import type { SamplePlace } from '../dataset/inspect/types';
import { nodeFileSource } from '../dataset/nodeFileSource';
import type { DatasetIndex } from '../dataset/types';

/** More findings than a code scanner shows are not looked up. */
const mostPlaces = 5000;

/** The folder of the repository that a path lies in, else the current one. */
export const repositoryOf = (path: string, cwd: string): string => {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return cwd;
  }
};

/** A path as seen from the repository, with “/”; absolute where it lies outside. */
export const seenFrom = (repository: string, path: string): string => {
  const way = relative(repository, path);
  const inside = way !== '' && way !== '..' && !way.startsWith(`..${sep}`);
  return (inside ? way : path).replaceAll('\\', '/');
};

/** The first sample of every class asked for, of the split where it has one there. */
const firstSamples = (
  index: DatasetIndex,
  asked: readonly Finding[],
  profiledSplit: string,
): ReadonlyMap<Finding, number> => {
  const byClass = new Map<number, Finding[]>();
  for (const finding of asked) {
    const id = index.classNames.indexOf(finding.class ?? '');
    if (id >= 0) byClass.set(id, [...(byClass.get(id) ?? []), finding]);
  }
  const fitting = new Map<Finding, number>();
  const any = new Map<Finding, number>();
  for (let sample = 0; sample < index.samples; sample++) {
    const split = index.splitNames[index.split[sample] ?? 0];
    const end = index.labelStart[sample + 1] ?? 0;
    for (let at = index.labelStart[sample] ?? 0; at < end; at++)
      for (const finding of byClass.get(index.labels[at] ?? 0) ?? []) {
        if (!any.has(finding)) any.set(finding, sample);
        if ((finding.split ?? profiledSplit) === split && !fitting.has(finding))
          fitting.set(finding, sample);
      }
  }
  return new Map([...any, ...fitting]);
};

/** A file of several samples with its line; of a file that is a sample, the folder of the class. */
const pointAt = (folder: string, index: DatasetIndex, place: SamplePlace): FindingPlace => {
  const { path, line, row, member, bytes } = place;
  const whole = line === undefined && row === undefined && member === undefined;
  const inFolders = index.format.endsWith('-folder') && whole && bytes === undefined;
  return {
    path: join(folder, inFolders ? dirname(path) : path),
    ...(line === undefined ? {} : { line }),
  };
};

/**
 * Adds where to look: the folder of a class, or the label file with the line of its first sample;
 * for a class that is gone, its line in the baseline. Paths are relative to `repository`.
 */
export const placeFindings = (
  findings: readonly Finding[],
  from: {
    readonly index: DatasetIndex;
    readonly profiledSplit: string;
    readonly repository: string;
    readonly baseline: { readonly path: string; readonly text: string } | null;
  },
): readonly Finding[] => {
  const { index, repository, baseline } = from;
  const asked = findings.filter((one) => one.class !== undefined).slice(0, mostPlaces);
  const samples = firstSamples(index, asked, from.profiledSplit);
  const { folder } = rootFolder(nodeFileSource, index.root);
  const found = placesOf(nodeFileSource, index, [...samples.values()]);
  const places = new Map(
    [...samples.keys()].flatMap((finding, i) => {
      const place = found[i];
      return place === undefined ? [] : [[finding, pointAt(folder, index, place)] as const];
    }),
  );
  const lines = baseline?.text.split('\n') ?? [];
  const inBaseline = ({ class: name, before }: Finding): FindingPlace | undefined => {
    if (baseline === null || name === undefined || before === undefined) return undefined;
    const line = lines.findIndex((text) => text.includes(`"name":${JSON.stringify(name)}`));
    return line < 0 ? undefined : { path: baseline.path, line: line + 1 };
  };
  return findings.map((finding) => {
    const place = places.get(finding) ?? inBaseline(finding);
    return place === undefined
      ? finding
      : { ...finding, place: { ...place, path: seenFrom(repository, place.path) } };
  });
};
