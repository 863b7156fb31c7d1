import { LongtailError } from '../../common/errors';
import { openBytes } from '../bytes/openBytes';
import { isSystemError, issue, issueOfMany, reasonOf } from '../issues';
import type { DatasetFormat, OpenFile } from '../types';
import { findConll } from './conll/files';
import type { ConllFile } from './conll/files';
import { ConllScan } from './conll/scan';
import { ConllLines } from './conll/sentences';
import { join } from './folders';
import { openFiles } from './openFiles';
import { classOrder } from './records/classOrder';

const checkColumn = ({ file, plan }: ConllFile): void => {
  if (plan.missing === null) return;
  const columns =
    plan.names.length > 0
      ? plan.names
      : Array.from({ length: plan.columns }, (_, at) => String(at + 1));
  throw new LongtailError('dataset/column-missing', { path: file, column: plan.missing, columns });
};

const index: DatasetFormat['index'] = (source, root, options, sink) => {
  const { folder, chosen, skipped } = findConll(source, root, options);
  sink.describe({ task: 'sequence', modality: 'text' });
  if (skipped.length > 0) sink.issue(issueOfMany('info', 'dataset/tables-skipped', skipped));
  const classes = new Map<string, number>();
  const counts = { tokens: 0, outside: 0 };
  chosen.forEach((part, at) => {
    checkColumn(part);
    const { file: path } = part;
    let file: OpenFile | undefined;
    try {
      file = openBytes(source, join(folder, path));
      new ConllScan(part, sink, classes, counts).run(file, (done) =>
        sink.share((at + done) / chosen.length),
      );
    } catch (error) {
      if (!isSystemError(error)) throw error;
      const code = file === undefined ? 'dataset/file-unreadable' : 'dataset/file-cut';
      sink.issue(issue('error', code, { reason: reasonOf(error) }, { path }));
    } finally {
      file?.close();
    }
  });
  const sets = chosen.find(({ plan }) => plan.others.length > 0)?.plan;
  if (sets !== undefined && options.labelColumn === undefined) {
    const chosenSet = sets.names[sets.tag] ?? String(sets.tag + 1);
    sink.issue(issue('info', 'dataset/label-sets', { chosen: chosenSet, others: sets.others }));
  }
  const areEntities = chosen.some(({ plan }) => plan.kind !== 'tokens');
  if (areEntities && counts.tokens > 0)
    sink.issue(issue('info', 'dataset/tokens-outside', { ...counts }));
  const classNames = classOrder([...classes.keys()]);
  sink.describe({ task: 'sequence', modality: 'text', classNames });
};

const openSamples: DatasetFormat['openSamples'] = (source, root, options) => {
  const { folder, chosen } = findConll(source, root, options);
  const { open, close } = openFiles(source, folder);
  return {
    readSample: ({ path, offset, length }) => {
      const plan = chosen.find(({ file }) => file === path)?.plan;
      const file = open(path);
      if (plan === undefined || offset + length > file.size)
        throw new LongtailError('dataset/sample-unreadable', { path, reason: 'EOF' });
      const words: string[] = [];
      const lines = new ConllLines({ ...file, size: offset + length }, plan, offset);
      for (let kind = lines.next(); kind !== null && kind !== 'end'; kind = lines.next())
        if (kind === 'token') words.push(lines.columns.text(lines.reader.bytes, plan.token));
      return { kind: 'row', values: { text: words.join(' ') } };
    },
    close,
  };
};

/**
 * Sentences as CoNLL's tasks have them: a token a line, an empty line after each sentence, the tag
 * in the last column or the one the user names by its number or, for CoNLL-U, by its name. Where
 * tags are of entities these are counted, not their tokens; else tokens by their tag.
 */
export const conll: DatasetFormat = {
  id: 'conll',
  detect: (source, root, options) => {
    const { chosen, confidence } = findConll(source, root, options);
    const [first] = chosen;
    if (first === undefined) return null;
    const names = first.plan.shown.map((tag) => tag.slice(0, 40));
    const evidence = [issue('info', 'dataset/evidence-tags', { names }, { path: first.file })];
    return { format: 'conll', confidence, evidence };
  },
  index,
  openSamples,
};
