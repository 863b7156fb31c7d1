import { Document, isCollection, isMap, isPair, isScalar, isSeq, visit } from 'yaml';
import type { KeyPath } from './keys';
import type { RebalanceConfig } from './schema';

/** A comment above a key; `at: []` stands at the top of the file. Long lines are wrapped. */
export interface ConfigComment {
  readonly at: KeyPath;
  readonly text: string;
}

/** Columns up to which a comment line goes, its indentation and `#` counted. */
const commentWidth = 100;

/** Breaks a line between words; a word longer than a line stays whole, as do spaces that fit. */
const wrapped = (line: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const before = rest.lastIndexOf(' ', width);
    const at = rest.slice(0, before + 1).trim() === '' ? rest.indexOf(' ', width) : before;
    if (at === -1) break;
    lines.push(rest.slice(0, at));
    rest = rest.slice(at + 1);
  }
  return [...lines, rest];
};

const asComment = (text: string, indent = 0): string =>
  text
    .split(/\r\n|\r|\n/)
    .flatMap((line) => wrapped(line, commentWidth - 2 - indent))
    .map((line) => ` ${line}`)
    .join('\n');

/** A scalar or an empty collection: what may stand inside one line with others. */
const isSmall = (value: unknown): boolean =>
  isScalar(value) || (isCollection(value) && value.items.length === 0);

/** The config in the order of the schema, so that files of one recipe read alike. */
const ordered = (config: RebalanceConfig): Record<string, unknown> => {
  const { version, seed, dataset, bands, goal, input, model, stages, posthoc, backend } = config;
  return { version, seed, dataset, bands, goal, input, model, stages, posthoc, backend };
};

/**
 * Writes a config as YAML with comments that say why. Small collections of scalars stay on one
 * line. `parseConfig(serializeConfig(c)).config` equals c for every valid c.
 */
export const serializeConfig = (
  config: RebalanceConfig,
  comments: readonly ConfigComment[] = [],
): string => {
  const document = new Document(ordered(config), { aliasDuplicateObjects: false });
  visit(document, {
    Collection: (key, node) => {
      const values = node.items.map((item) => (isPair(item) ? item.value : item));
      if (key !== null && values.length <= 4 && values.every(isSmall)) node.flow = true;
    },
  });
  for (const { at, text } of comments) {
    if (at.length === 0) document.commentBefore = asComment(text);
    else commentOn(document, at, text);
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
};

/** Puts the comment above the key, or above the nearest key around it that stands on a line of its own. */
const commentOn = (document: Document, at: KeyPath, text: string): void => {
  for (let depth = at.length; depth > 0; depth--) {
    const parent: unknown =
      depth === 1 ? document.contents : document.getIn(at.slice(0, depth - 1));
    if (!isMap(parent) || parent.flow === true || insideFlow(document, at.slice(0, depth - 1)))
      continue;
    const key = at[depth - 1];
    const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === key);
    if (pair === undefined || !isScalar(pair.key)) continue;
    const before = pair.key.commentBefore;
    const comment = asComment(text, 2 * (depth - 1));
    pair.key.commentBefore =
      before === undefined || before === null ? comment : `${before}\n${comment}`;
    return;
  }
};

const insideFlow = (document: Document, at: KeyPath): boolean =>
  at.some((_, i) => {
    const node: unknown = document.getIn(at.slice(0, i + 1));
    return (isMap(node) || isSeq(node)) && node.flow === true;
  });
