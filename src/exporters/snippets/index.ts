import { LongtailError } from '../../common/errors';
import { factsOf } from '../../config/facts';
import type { LongTailProfile } from '../../profile/types';
import { keras } from './keras';
import { head } from '../python';
import { pytorch } from './pytorch';
import {
  snippetParts,
  type Framework,
  type SnippetCounts,
  type SnippetExporter,
  type SnippetPart,
} from './types';

/** Code by framework: a new one is a file, a row here and a name in `frameworks`. */
const exporters: Readonly<Record<Framework, SnippetExporter>> = { pytorch, keras };

const order = [
  'import math',
  'import warnings',
  '',
  'import keras',
  'import numpy as np',
  'import torch',
];

/** The import lines of several parts, each once, standard library first. */
const importsOf = (exporter: SnippetExporter, parts: readonly SnippetPart[]): readonly string[] => {
  const wanted = new Set(parts.flatMap((part) => exporter.imports[part]));
  return order.filter((line) => wanted.has(line));
};

const countsOf = (profile: LongTailProfile): SnippetCounts => {
  const { root, fingerprint } = profile.dataset;
  return {
    dataset: root.split(/[/\\]/).findLast((part) => part !== '') ?? root,
    fingerprint,
    split: profile.profiledSplit,
    classes: factsOf(profile).classes,
  };
};

/**
 * Code for a framework, ready to paste: it depends on that framework alone, holds the training
 * counts by class name and puts them in the order of the user's own class mapping when it runs,
 * stopping with both differences where the names do not match. Works for any single-label profile,
 * a CSV of labels included. Throws `exporters/task` and `exporters/too-few-classes` otherwise.
 */
export const exportSnippet = (
  profile: LongTailProfile,
  framework: Framework,
  parts: readonly SnippetPart[] = snippetParts,
): string => {
  const { task } = profile.dataset;
  if (task !== 'single-label') throw new LongtailError('exporters/task', { task });
  const counts = countsOf(profile);
  const present = counts.classes.filter(({ count }) => count > 0).length;
  if (present < 2) throw new LongtailError('exporters/too-few-classes', { classes: present });
  const exporter = exporters[framework];
  const body = parts.map((part) => exporter.part(part, counts));
  const text = [head(counts, importsOf(exporter, parts), parts.length), ...body].join('\n');
  // Two empty lines between definitions, one at most elsewhere, none at the end.
  return `${text.replaceAll(/\n{4,}/g, '\n\n\n').trimEnd()}\n`;
};

export { frameworks, snippetParts, type Framework, type SnippetPart } from './types';
