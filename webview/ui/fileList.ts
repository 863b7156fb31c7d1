import type { SamplePicture } from '../../src/dataset/inspect/types';
import type { FileAction } from '../../src/protocol/webview';
import { words } from '../../src/words/say';
import { button } from './controls';
import { h, replace } from './dom';

/** Some of the files of a list. */
export interface FilePage {
  /** Number of the first in the whole list, and how many there are. */
  readonly from: number;
  readonly count: number;
  /** Where each lies, and what else there is to say of it. */
  readonly files: readonly { readonly text: string; readonly note: string }[];
}

/** What a list asks of the host; files by their number in the whole list. */
export interface FileListOptions {
  readonly ask: (from: number) => void;
  readonly pictures: (from: number) => void;
  readonly act: (at: number, action: FileAction) => void;
}

/** A list of files, a page at a time, with their pictures where they are asked for. */
export interface FileList {
  readonly element: HTMLElement;
  /** Shows an empty list under a title, and asks for its first page. */
  readonly open: (title: string) => void;
  close(): void;
  list(page: FilePage): void;
  picture(from: number, pictures: readonly (SamplePicture | null)[]): void;
  /** One sentence in place of the files. */
  fail(sentence: string): void;
}

const filesAtOnce = 24;
const actions: readonly FileAction[] = ['open', 'reveal', 'copy'];

/** Grey or colour values as a canvas has them: four bytes a pixel. */
const rgbaOf = ({
  width,
  height,
  channels,
  data,
}: Extract<SamplePicture, { kind: 'pixels' }>): Uint8ClampedArray<ArrayBuffer> => {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let c = 0; c < 3; c++)
      rgba[pixel * 4 + c] = data[pixel * channels + (channels === 1 ? 0 : c)] ?? 0;
    rgba[pixel * 4 + 3] = 255;
  }
  return rgba;
};

const pictureElement = (picture: SamplePicture, alt: string): HTMLElement => {
  if (picture.kind === 'pixels') {
    const { width, height } = picture;
    const canvas = h('canvas', { attributes: { width, height, role: 'img', 'aria-label': alt } });
    const image = new ImageData(rgbaOf(picture), width, height);
    canvas.getContext('2d')?.putImageData(image, 0, 0);
    return canvas;
  }
  const image = h('img', { attributes: { alt } });
  const reader = new FileReader();
  reader.addEventListener('load', () => {
    if (typeof reader.result === 'string') image.src = reader.result;
  });
  reader.readAsDataURL(new Blob([new Uint8Array(picture.bytes)], { type: picture.type }));
  return image;
};

/** `region` names the list among the parts of the page. */
export const createFileList = (
  region: string,
  { ask, pictures: askPictures, act }: FileListOptions,
): FileList => {
  const state: { page: FilePage | null; thumbs: readonly HTMLElement[] } = {
    page: null,
    thumbs: [],
  };
  const heading = h('h3', { attributes: { tabindex: -1 } });
  const range = h('p', { class: 'note', attributes: { 'aria-live': 'polite' } });
  const list = h('ul', { class: 'files' });
  const turn = h('div', { class: 'actions' });
  const close = (): void => {
    element.hidden = true;
  };
  const element = h(
    'section',
    { class: 'class-files', attributes: { hidden: true, 'aria-label': region } },
    heading,
    range,
    turn,
    list,
  );
  const item = ({ text, note }: FilePage['files'][number], at: number): HTMLElement =>
    h(
      'li',
      {},
      h('span', { class: 'thumb' }),
      h('code', {}, text),
      h('span', { class: 'note' }, note),
      ...actions.map((action) =>
        h(
          'button',
          {
            class: 'link',
            attributes: { type: 'button', 'aria-description': text },
            on: { click: () => act(at, action) },
          },
          words(`pages/files/${action}`),
        ),
      ),
    );
  const buttons = ({ from, count, files }: FilePage): readonly (HTMLElement | null)[] => {
    const end = from + files.length;
    const none = words('pages/files/no-more');
    return [
      files.length === 0 ? null : button(words('pages/files/pictures'), () => askPictures(from)),
      button(words('pages/files/previous'), () => ask(Math.max(0, from - filesAtOnce)), {
        refused: from > 0 ? null : none,
      }),
      button(words('pages/files/next'), () => ask(end), { refused: end < count ? null : none }),
      button(words('pages/files/close'), close),
    ];
  };
  return {
    element,
    close,
    open: (title) => {
      state.page = null;
      heading.textContent = title;
      range.textContent = words('pages/files/reading');
      replace(list);
      replace(turn);
      element.hidden = false;
      heading.focus();
      heading.scrollIntoView({ block: 'nearest' });
      ask(0);
    },
    list: (page) => {
      state.page = page;
      const { from, count, files } = page;
      const to = from + files.length;
      range.textContent =
        count === 0
          ? words('pages/files/none')
          : words('pages/files/range', { from: from + 1, to, count });
      replace(list, ...files.map((file, i) => item(file, from + i)));
      state.thumbs = [...list.querySelectorAll<HTMLElement>('.thumb')];
      replace(turn, ...buttons(page));
    },
    picture: (from, pictures) => {
      if (from !== state.page?.from) return;
      pictures.forEach((picture, i) => {
        const thumb = state.thumbs[i];
        const alt = state.page?.files[i]?.text ?? '';
        if (thumb === undefined) return;
        replace(
          thumb,
          picture === null ? words('pages/files/no-picture') : pictureElement(picture, alt),
        );
      });
    },
    fail: (sentence) => {
      range.textContent = sentence;
      replace(turn, button(words('pages/files/close'), close));
    },
  };
};
