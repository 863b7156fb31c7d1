import type { FromPage, ToPage } from '../../src/protocol/webview';
import { words } from '../../src/words/say';
import { createFileList } from '../ui/fileList';
import { splitName } from './view';

/** The files of one class below the table. */
export interface ClassFiles {
  readonly element: HTMLElement;
  readonly open: (name: string) => void;
  close(): void;
  list(message: Extract<ToPage, { kind: 'profile/files' }>): void;
  picture(message: Extract<ToPage, { kind: 'profile/pictures' }>): void;
}

export const createClassFiles = (post: (message: FromPage) => void): ClassFiles => {
  const state = { name: '' };
  const list = createFileList(words('pages/files/region'), {
    ask: (from) => post({ kind: 'profile/files', class: state.name, from }),
    pictures: (from) => post({ kind: 'profile/pictures', class: state.name, from }),
    act: (at, action) => post({ kind: 'profile/file', at, action }),
  });
  return {
    element: list.element,
    close: () => {
      list.close();
      state.name = '';
    },
    open: (name) => {
      state.name = name;
      list.open(words('pages/files/title', { name }));
    },
    list: ({ class: name, from, count, files }) => {
      const noted = files.map(({ text, split }) => ({ text, note: splitName(split) }));
      if (name === state.name) list.list({ from, count, files: noted });
    },
    picture: ({ class: name, from, pictures }) => {
      if (name === state.name) list.picture(from, pictures);
    },
  };
};
