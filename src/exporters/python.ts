import { words } from '../words/say';
import type { SnippetCounts } from './snippets/types';

/** A Python string literal: JSON's escapes are Python's, and other line ends are escaped as well. */
export const literal = (text: string): string =>
  JSON.stringify(text).replaceAll(
    /[\u0085\u2028\u2029]/g,
    (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Words in lines of at most `width` characters. Line ends inside names count as spaces. */
const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
};

/** Text as comment lines; nothing in it can end the comment. */
export const commentLines = (text: string, indent = '', mark = '#'): string =>
  wrap(text, 96 - indent.length)
    .map((line) => `${indent}${mark} ${line}`)
    .join('\n');

/** A sentence of the catalogue as comment lines. */
export const comment = (
  code: string,
  params: Parameters<typeof words>[1] = {},
  indent = '',
): string => commentLines(words(`exporters/py/${code}`, params), indent);

/** A sentence of the catalogue as Python strings, one a line, which Python joins; `tail` is an f-string's body after it. */
export const message = (code: string, indent: string, tail = ''): string => {
  const lines = wrap(words(`exporters/py/${code}`), 92 - indent.length);
  const parts = lines.map((line, i) =>
    literal(i < lines.length - 1 || tail !== '' ? `${line} ` : line),
  );
  return [...parts, ...(tail === '' ? [] : [`f"${tail}"`])].map((part) => indent + part).join('\n');
};

/** Origin, counts by name, and the function that puts them in the order of the user's labels. */
export const head = (counts: SnippetCounts, imports: readonly string[], parts: number): string => {
  const samples = counts.classes.reduce((sum, { count }) => sum + count, 0);
  const origin = comment('origin', {
    dataset: counts.dataset,
    samples,
    classes: counts.classes.length,
    split: counts.split,
    fingerprint: counts.fingerprint,
  });
  const entries = counts.classes.map(({ name, count }) => `    ${literal(name)}: ${count},`);
  return `${origin}
${parts > 1 ? `${comment('choose-one')}\n` : ''}${imports.join('\n')}

${comment('counts')}
COUNTS = {
${entries.join('\n')}
}


def counts_by_index(class_mapping):
${comment('resolve', {}, '    ')}
    if not isinstance(class_mapping, dict):
        class_mapping = {name: index for index, name in enumerate(class_mapping)}
    extra = sorted(set(class_mapping) - set(COUNTS), key=str)
    missing = sorted(set(COUNTS) - set(class_mapping), key=str)
    if extra or missing:
        raise ValueError(
${message('mismatch-names', '            ', '{extra}; ')}
${message('mismatch-counts', '            ', '{missing}')}
        )
    indices = sorted(int(index) for index in class_mapping.values())
    if indices != list(range(len(COUNTS))):
        raise ValueError(
${message('mismatch-index', '            ', '{indices}')}
        )
    names = sorted(class_mapping, key=lambda name: int(class_mapping[name]))
    return [COUNTS[name] for name in names]
`;
};

/** The beta of the effective number that suits the counts: .9999 only for few, large classes. */
export const betaFor = ({ classes }: SnippetCounts): number => {
  const largest = classes.reduce((most, { count }) => Math.max(most, count), 0);
  if (largest < 1000) return 0.99;
  return classes.length <= 20 ? 0.9999 : 0.999;
};

/** Class weights as a list of floats; the frameworks wrap it. */
export const weightList = (counts: SnippetCounts): string => `
def weight_list(class_mapping, scheme="balanced", beta=${betaFor(counts)}):
${comment('weights', {}, '    ')}
${comment('beta', {}, '    ')}
    counts = counts_by_index(class_mapping)
    if scheme == "balanced":
        raw = [1 / n if n > 0 else 0.0 for n in counts]
    elif scheme == "effective":
        raw = [(1 - beta) / -math.expm1(n * math.log(beta)) if n > 0 else 0.0 for n in counts]
    else:
        raise ValueError(
${message('scheme', '            ', '{scheme!r}')}
        )
    mean = sum(n * w for n, w in zip(counts, raw)) / sum(counts)
    weights = [w / mean for w in raw]
    if max(weights) > 50:
        warnings.warn(
${message('large-weight', '            ')}
        )
    return weights
`;
