import { LongtailError } from '../common/errors';
import type { Issue } from '../common/errors';
import { formats } from './formats';
import { isSystemError, issue, reasonOf } from './issues';
import type { DatasetFormat, FileSource, FormatCandidate, FormatOptions } from './types';

/** Two candidates nearer than this are worth a question. */
const close = 0.1;

/** The format of an id. LongtailError `dataset/unknown-format` with the known ones otherwise. */
export const formatOf = (id: string): DatasetFormat => {
  const found = formats.find((format) => format.id === id);
  if (found === undefined)
    throw new LongtailError('dataset/unknown-format', {
      format: id,
      known: formats.map((format) => format.id),
    });
  return found;
};

const checkReadable = (source: FileSource, root: string): void => {
  let step = 'stat';
  try {
    const { kind } = source.stat(root);
    step = 'open';
    if (kind === 'folder') source.list(root);
    else source.open(root).close();
  } catch (error) {
    const reason = reasonOf(error);
    const missing = step === 'stat' && (reason === 'ENOENT' || reason === 'ENOTDIR');
    throw new LongtailError(
      missing ? 'dataset/path-missing' : 'dataset/not-readable',
      { path: root, reason },
      { cause: error },
    );
  }
};

/** What a format thinks of the path; nothing where the disk failed it or a file went meanwhile. */
const opinionOf = (
  format: DatasetFormat,
  source: FileSource,
  root: string,
  options: FormatOptions,
): FormatCandidate | null => {
  try {
    return format.detect(source, root, options);
  } catch (error) {
    if (isSystemError(error)) return null;
    throw error;
  }
};

/**
 * Formats that fit the path, best first; the order of the table decides between equals.
 * LongtailError `dataset/path-missing`, `dataset/not-readable`, `dataset/unknown-format`, or
 * `dataset/not-recognised` when nothing fits.
 */
export const detectFormat = (
  source: FileSource,
  root: string,
  options: FormatOptions = {},
): readonly FormatCandidate[] => {
  checkReadable(source, root);
  if (options.format !== undefined) {
    const format = formatOf(options.format);
    const named = { format: format.id, confidence: 1, evidence: [] };
    return [opinionOf(format, source, root, options) ?? named];
  }
  const candidates = formats
    .flatMap((format) => opinionOf(format, source, root, options) ?? [])
    .sort((a, b) => b.confidence - a.confidence);
  if (candidates.length === 0)
    throw new LongtailError('dataset/not-recognised', {
      path: root,
      formats: formats.map((format) => format.id),
    });
  return candidates;
};

/** An issue where the second candidate is nearly as good as the first. */
export const ambiguity = (candidates: readonly FormatCandidate[]): Issue[] => {
  const [first, second] = candidates;
  if (first === undefined || second === undefined) return [];
  if (first.confidence - second.confidence >= close) return [];
  return [issue('info', 'dataset/format-close', { format: first.format, other: second.format })];
};
