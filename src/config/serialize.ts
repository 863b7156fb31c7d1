import { Document, isCollection, isMap, isPair, isScalar, isSeq, visit } from 'yaml';
import type { KeyPath } from './keys';
import type { RebalanceConfig } from './schema';

/** A comment above a key; `at: []` stands at the top of the file. Lines are split at line ends. */
export interface ConfigComment {
  readonly at: KeyPath;
  readonly text: string;
}

const asComment = (text: string): string =>
  text
    .split(/\r\n|\r|\n/)
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
    pair.key.commentBefore =
      before === undefined || before === null ? asComment(text) : `${before}\n${asComment(text)}`;
    return;
  }
};

const insideFlow = (document: Document, at: KeyPath): boolean =>
  at.some((_, i) => {
    const node: unknown = document.getIn(at.slice(0, i + 1));
    return (isMap(node) || isSeq(node)) && node.flow === true;
  });
