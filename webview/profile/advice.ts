import type { Message } from '../../src/common/errors';
import type { AdviceView } from '../../src/protocol/webview';
import type { Recommendation, Recommendations } from '../../src/recommend/types';
import { say, words } from '../../src/words/say';
import { button } from '../ui/controls';
import { h, replace, type Child } from '../ui/dom';
import { goalForm, type GoalActions } from './goalForm';

export interface AdviceActions extends GoalActions {
  readonly cannotTrain: Message | null;
  readonly createConfig: (id: string) => void;
  readonly train: (id: string) => void;
}

/** More advice than this waits behind a fold. */
const unfolded = 3;
/** Sets that an expected gain names, the most alike first; the tooltip has all. */
const namedSets = 2;

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
    actions(item, first, todo),
    h('ul', { class: 'expected' }, ...item.expected.map((one) => h('li', {}, say(one)))),
    item.gain === null
      ? null
      : h(
          'p',
          { class: 'gain', attributes: { title: item.gain.sets.join('; ') } },
          words('pages/advice/gain', {
            points: item.gain.points,
            sets: item.gain.sets.slice(0, namedSets).join('; '),
          }),
        ),
    h(
      'dl',
      {},
      fact('source', words('pages/advice/paper', { ...item.source })),
      fact('cost', say(item.cost)),
      fact('when-not', say(item.whenNot)),
    ),
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

/** What opens on a click; open again after the advice was made anew. */
const fold = (name: string, summary: string, ...children: readonly Child[]): HTMLElement =>
  h('details', { attributes: { 'data-fold': name } }, h('summary', {}, summary), ...children);

/** A term each, with what is said of it. */
const terms = (
  rows: readonly { readonly name: string; readonly texts: readonly string[] }[],
): HTMLElement =>
  h(
    'dl',
    { class: 'terms' },
    ...rows.map(({ name, texts }) =>
      h('div', {}, h('dt', {}, h('code', {}, name)), ...texts.map((text) => h('dd', {}, text))),
    ),
  );

const whyNotFold = ({ notRecommended = [] }: Recommendations): HTMLElement | null =>
  notRecommended.length === 0
    ? null
    : fold(
        'why-not',
        words('pages/advice/why-not', { count: notRecommended.length }),
        terms(notRecommended.map((one) => ({ name: one.id, texts: [say(one)] }))),
      );

const settingsFold = ({ settings = [] }: Recommendations): HTMLElement | null =>
  settings.length === 0
    ? null
    : fold(
        'settings',
        words('pages/advice/settings'),
        terms(settings.map(({ name, reason }) => ({ name, texts: [say(reason)] }))),
      );

const defectsCard = ({ framework }: Recommendations): HTMLElement | null => {
  if (framework === undefined) return null;
  const { name, version, defects } = framework;
  const full = version === null ? name : `${name} ${version}`;
  return h(
    'section',
    { class: 'card defects' },
    h('h3', {}, words(`pages/advice/${defects.length === 0 ? 'no-' : ''}defects`, { name: full })),
    terms(
      defects.map(({ id, what, instead, reference, versions }) => ({
        name: id,
        texts: [
          say(what),
          say(instead),
          words('pages/advice/defect-source', { reference, versions }),
        ],
      })),
    ),
  );
};

const resultsOf = ({ advice }: AdviceView, todo: AdviceActions): readonly Child[] => {
  const { items } = advice;
  const more = items.slice(unfolded);
  return [
    ...withCaptions(items.slice(0, unfolded), 0, todo, undefined),
    more.length === 0
      ? null
      : fold(
          'more',
          words('pages/advice/more', { count: more.length }),
          ...withCaptions(more, unfolded, todo, items[unfolded - 1]),
        ),
    defectsCard(advice),
    settingsFold(advice),
    whyNotFold(advice),
  ];
};

/** The section, and how advice for other goals gets into it: what it says first is returned. */
export interface AdviceSection {
  readonly element: HTMLElement;
  show(view: AdviceView): string;
}

/**
 * What the model is for, and the advice ranked for it: what, why on these numbers, what others
 * measured, from where, at what cost, when not; and why not what is missing. The form stays as it
 * is when other advice comes, so whoever types into it keeps their place.
 */
export const adviceSection = (view: AdviceView, todo: AdviceActions): AdviceSection => {
  const results = h('div', {}, ...resultsOf(view, todo));
  const form = goalForm(view, todo);
  const opened = (): readonly HTMLDetailsElement[] => [
    ...results.querySelectorAll<HTMLDetailsElement>('details[data-fold]'),
  ];
  return {
    element: h(
      'section',
      { class: 'advice-list', attributes: { id: 'advice', tabindex: -1 } },
      h('h2', {}, words('pages/advice/title')),
      form.element,
      results,
    ),
    show: (next) => {
      const open = opened()
        .filter((one) => one.open)
        .map((one) => one.dataset['fold']);
      form.show(next.asked);
      replace(results, ...resultsOf(next, todo));
      for (const one of opened()) one.open = open.includes(one.dataset['fold']);
      const [first] = next.advice.items;
      return words('pages/advice/ranked', { first: first === undefined ? '' : say(first.title) });
    },
  };
};
