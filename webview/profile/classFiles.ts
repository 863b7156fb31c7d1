import type { SamplePicture } from '../../src/dataset/inspect/types';
import type { FileAction, FromPage, ToPage } from '../../src/protocol/webview';
import { words } from '../../src/words/say';
import { button } from '../ui/controls';
import { h, replace } from '../ui/dom';
import { splitName } from './view';

type Listed = Extract<ToPage, { kind: 'profile/files' }>;
type Pictured = Extract<ToPage, { kind: 'profile/pictures' }>;

/** The files of one class below the table, a page at a time. */
export interface ClassFiles {
  readonly element: HTMLElement;
  readonly open: (name: string) => void;
  close(): void;
  list(message: Listed): void;
  picture(message: Pictured): void;
}

const actions: readonly FileAction[] = ['open', 'reveal', 'copy'];

/** Grey or colour values as a canvas has them: four bytes a pixel. */
export const rgbaOf = ({
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

export const createClassFiles = (post: (message: FromPage) => void): ClassFiles => {
  const state: { name: string; listed: Listed | null; thumbs: readonly HTMLElement[] } = {
    name: '',
    listed: null,
    thumbs: [],
  };
  const title = h('h3', { attributes: { tabindex: -1 } });
  const range = h('p', { class: 'note', attributes: { 'aria-live': 'polite' } });
  const list = h('ul', { class: 'files' });
  const turn = h('div', { class: 'actions' });
  const close = (): void => {
    element.hidden = true;
    state.name = '';
  };
  const element = h(
    'section',
    {
      class: 'class-files',
      attributes: { hidden: true, 'aria-label': words('pages/files/region') },
    },
    title,
    range,
    turn,
    list,
  );
  const ask = (from: number): void => post({ kind: 'profile/files', class: state.name, from });
  const item = ({ text, split }: Listed['files'][number], at: number): HTMLElement => {
    const thumb = h('span', { class: 'thumb' });
    const act = (action: FileAction): HTMLElement =>
      h(
        'button',
        {
          class: 'link',
          attributes: { type: 'button', 'aria-description': text },
          on: { click: () => post({ kind: 'profile/file', at, action }) },
        },
        words(`pages/files/${action}`),
      );
    return h(
      'li',
      {},
      thumb,
      h('code', {}, text),
      h('span', { class: 'note' }, splitName(split)),
      ...actions.map(act),
    );
  };
  const show = (listed: Listed): void => {
    state.listed = listed;
    const { from, count, files } = listed;
    const end = from + files.length;
    range.textContent =
      count === 0
        ? words('pages/files/none')
        : words('pages/files/range', { from: from + 1, to: end, count });
    replace(list, ...files.map((file, i) => item(file, from + i)));
    state.thumbs = [...list.querySelectorAll<HTMLElement>('.thumb')];
    const none = words('pages/files/no-more');
    replace(
      turn,
      files.length === 0
        ? null
        : button(words('pages/files/pictures'), () =>
            post({ kind: 'profile/pictures', class: state.name, from }),
          ),
      button(words('pages/files/previous'), () => ask(Math.max(0, from - 24)), {
        refused: from > 0 ? null : none,
      }),
      button(words('pages/files/next'), () => ask(end), { refused: end < count ? null : none }),
      button(words('pages/files/close'), close),
    );
  };
  return {
    element,
    close,
    open: (name) => {
      state.name = name;
      state.listed = null;
      title.textContent = words('pages/files/title', { name });
      range.textContent = words('pages/files/reading');
      replace(list);
      replace(turn);
      element.hidden = false;
      title.focus();
      title.scrollIntoView({ block: 'nearest' });
      ask(0);
    },
    list: (message) => {
      if (message.class === state.name) show(message);
    },
    picture: ({ class: name, from, pictures }) => {
      if (name !== state.name || from !== state.listed?.from) return;
      pictures.forEach((picture, i) => {
        const thumb = state.thumbs[i];
        const alt = state.listed?.files[i]?.text ?? '';
        if (thumb === undefined) return;
        replace(
          thumb,
          picture === null ? words('pages/files/no-picture') : pictureElement(picture, alt),
        );
      });
    },
  };
};
