import type { Message } from '../../src/common/errors';
import { say } from '../../src/words/say';
import { h, replace, type Child } from './dom';

export interface Frame {
  readonly body: HTMLElement;
  /** Says a sentence to those who hear the page; nothing is seen. */
  announce(sentence: string): void;
  show(...children: readonly Child[]): void;
  /** One sentence instead of the page. */
  notice(message: Message, kind: 'busy' | 'failed'): void;
}

/** The outer parts every page has: the body and the live region. */
export const createFrame = (): Frame => {
  const page = document.getElementById('page') ?? document.body;
  const live = h('div', { class: 'hidden', attributes: { 'aria-live': 'polite' } });
  const body = h('div', { class: 'body' });
  page.append(body, live);
  const announce = (sentence: string): void => {
    live.textContent = sentence;
  };
  return {
    body,
    announce,
    show: (...children) => replace(body, ...children),
    notice: (message, kind) => {
      const sentence = say(message);
      replace(body, h('p', { class: `notice ${kind}` }, sentence));
      announce(sentence);
    },
  };
};

/** A titled box. */
export const card = (
  title: Child,
  props: { class?: string; id?: string },
  ...children: Child[]
): HTMLElement =>
  h(
    'section',
    { class: `card ${props.class ?? ''}`.trim(), attributes: { id: props.id } },
    h('h2', {}, title),
    ...children,
  );

/** Small facts beside a title. */
export const chips = (texts: readonly string[]): HTMLElement =>
  h('ul', { class: 'chips' }, ...texts.map((text) => h('li', {}, text)));
