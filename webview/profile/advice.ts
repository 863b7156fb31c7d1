import type { Message } from '../../src/common/errors';
import type { Recommendation } from '../../src/recommend/types';
import { say, words } from '../../src/words/say';
import { button } from '../ui/controls';
import { h, type Child } from '../ui/dom';

export interface AdviceActions {
  readonly cannotTrain: Message | null;
  readonly createConfig: (id: string) => void;
  readonly train: (id: string) => void;
}

/** More advice than this waits behind a fold. */
const unfolded = 3;

const fact = (name: string, text: string): HTMLElement =>
  h('div', {}, h('dt', {}, words(`pages/advice/${name}`)), h('dd', {}, text));

const actions = (item: Recommendation, first: boolean, todo: AdviceActions): HTMLElement | null => {
  if (item.patch === null) return null;
  const title = say(item.title);
  const refused = todo.cannotTrain === null ? null : say(todo.cannotTrain);
  return h(
    'div',
    { class: 'actions' },
    button(words('pages/create-config'), () => todo.createConfig(item.id), {
      primary: first,
      describedBy: title,
    }),
    button(words('pages/train'), () => todo.train(item.id), { refused, describedBy: title }),
  );
};

const adviceCard = (item: Recommendation, first: boolean, todo: AdviceActions): HTMLElement =>
  h(
    'article',
    { class: `card advice ${first ? 'first' : ''}`, attributes: { 'data-advice': item.id } },
    h('h3', {}, say(item.title)),
    h('p', {}, say(item.reason)),
    h('ul', { class: 'expected' }, ...item.expected.map((one) => h('li', {}, say(one)))),
    h(
      'dl',
      {},
      fact('source', words('pages/advice/paper', { ...item.source })),
      fact('cost', say(item.cost)),
      fact('when-not', say(item.whenNot)),
    ),
    actions(item, first, todo),
  );

/** The cards in order; a caption wherever the assumption about deployment changes. */
const withCaptions = (
  items: readonly Recommendation[],
  start: number,
  todo: AdviceActions,
  before: Recommendation | undefined,
): Child[] =>
  items.flatMap((item, i) => {
    const previous = i === 0 ? before : items[i - 1];
    const caption =
      previous?.assumes === item.assumes
        ? []
        : [h('p', { class: 'assumes' }, words(`recommend/assumes-${item.assumes}`))];
    return [...caption, adviceCard(item, start + i === 0, todo)];
  });

/** Ranked advice: what, why on these numbers, what others measured, from where, at what cost, when not. */
export const adviceSection = (
  items: readonly Recommendation[],
  todo: AdviceActions,
): HTMLElement => {
  const more = items.slice(unfolded);
  return h(
    'section',
    { class: 'advice-list', attributes: { id: 'advice', tabindex: -1 } },
    h('h2', {}, words('pages/advice/title')),
    ...withCaptions(items.slice(0, unfolded), 0, todo, undefined),
    more.length === 0
      ? null
      : h(
          'details',
          {},
          h('summary', {}, words('pages/advice/more', { count: more.length })),
          ...withCaptions(more, unfolded, todo, items[unfolded - 1]),
        ),
  );
};
