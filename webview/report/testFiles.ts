import type { TestFile, TestQuery } from '../../src/protocol/reportPage';
import type { FromPage, ToPage } from '../../src/protocol/webview';
import { say, words } from '../../src/words/say';
import { createFileList } from '../ui/fileList';

type Message<Kind extends ToPage['kind']> = Extract<ToPage, { kind: Kind }>;

/** The test items of a class or a confusion; one list for the page, shown where it was asked for. */
export interface TestFiles {
  /** Lists items at the end of a box. */
  readonly open: (query: TestQuery, box: HTMLElement) => void;
  list(message: Message<'report/files'>): void;
  picture(message: Message<'report/pictures'>): void;
  fail(message: Message<'report/noFiles'>): void;
}

const titleOf = ({ truth, predicted }: TestQuery): string => {
  if (truth === null) return words('pages/test-files/predicted', { predicted: predicted ?? '' });
  if (predicted === null) return words('pages/test-files/truth', { truth });
  const code = truth === predicted ? 'right' : 'confused';
  return words(`pages/test-files/${code}`, { truth, predicted });
};

const noteOf = ({ truth, predicted, probability }: TestFile, several: boolean): string => {
  if (!several)
    return words('pages/test-files/note', {
      truth: truth ?? '',
      predicted: predicted ?? '',
      probability,
    });
  const code = truth === null ? 'extra' : predicted === null ? 'missed' : 'given';
  return words(`pages/test-files/label-${code}`, { probability });
};

/** `several`: items may have several labels. */
export const createTestFiles = (several: boolean, post: (message: FromPage) => void): TestFiles => {
  const state: { query: TestQuery } = { query: { truth: null, predicted: null } };
  const list = createFileList(words('pages/test-files/region'), {
    ask: (from) => post({ kind: 'report/files', query: state.query, from }),
    pictures: (from) => post({ kind: 'report/pictures', query: state.query, from }),
    act: (at, action) => post({ kind: 'report/file', at, action }),
  });
  const isShown = ({ truth, predicted }: TestQuery): boolean =>
    truth === state.query.truth && predicted === state.query.predicted;
  return {
    open: (query, box) => {
      state.query = query;
      box.append(list.element);
      list.open(titleOf(query));
    },
    list: ({ query, from, count, files }) => {
      const noted = files.map((file) => ({ text: file.text, note: noteOf(file, several) }));
      if (isShown(query)) list.list({ from, count, files: noted });
    },
    picture: ({ query, from, pictures }) => {
      if (isShown(query)) list.picture(from, pictures);
    },
    fail: ({ query, message }) => {
      if (isShown(query)) list.fail(say(message));
    },
  };
};
