import type { ProfileView } from '../../src/protocol/webview';
import { say, words } from '../../src/words/say';
import '../ui/base.css';
import './profile.css';
import { button, registerControls } from '../ui/controls';
import { h } from '../ui/dom';
import { chips, createFrame } from '../ui/frame';
import { connect } from '../ui/host';
import type { SaveRequest } from '../ui/save';
import { adviceSection, type AdviceSection } from './advice';
import { withThresholds, type Thresholds } from './bands';
import type { TableUi } from './arrange';
import { classTable } from './classTable';
import { labelCards } from './labels';
import { effectsCard, usualEffects, type EffectsUi } from './effects';
import { lead } from './lead';
import { leadSentences } from './leadSentences';
import { numbers } from './numbers';
import { shapeCard, type ShapeUi } from './shape';
import { splitsAndIssues } from './splits';
import { classRowsOf, splitName } from './view';

interface Ui {
  readonly shape: ShapeUi;
  readonly effects: EffectsUi;
  readonly table: TableUi;
  /** Thresholds dragged on the chart; null for the profile's own bands. */
  readonly thresholds: Thresholds | null;
}

const start: Ui = {
  shape: { tab: 'rank', chart: { axis: 'log', overlay: '' } },
  effects: usualEffects,
  thresholds: null,
  table: { sort: 'count', descending: true, filter: '', band: '' },
};

const factsOf = ({ profile, scanSeconds }: ProfileView): readonly string[] => [
  words('pages/fact/format', {
    format: profile.dataset.format,
    splits: Object.keys(profile.splits).map(splitName).join(' / '),
  }),
  scanSeconds === null
    ? words('pages/fact/unchanged')
    : words('pages/fact/scanned', { seconds: scanSeconds }),
  ...(profile.partial === undefined
    ? []
    : [words('pages/fact/partial', { share: profile.partial.share })]),
];

const main = (): void => {
  registerControls();
  const frame = createFrame();
  const host = connect<Ui>(
    {
      'page/busy': ({ message }) => frame.notice(message, 'busy'),
      'page/failed': ({ message }) => frame.notice(message, 'failed'),
      'profile/show': ({ view, state }) => {
        host.keep(state);
        show(view);
      },
      'profile/stale': () => {
        shown.stale?.removeAttribute('hidden');
        frame.announce(words('pages/stale'));
      },
      'profile/advice': ({ view }) => {
        const sentence = shown.advice?.show(view);
        if (sentence !== undefined) frame.announce(sentence);
      },
      'profile/focus': ({ part }) => {
        const target = document.getElementById(part);
        target?.scrollIntoView({ block: 'start' });
        target?.focus();
      },
    },
    start,
  );
  const header = (view: ProfileView): HTMLElement =>
    h(
      'header',
      {},
      h('h1', { attributes: { title: view.profile.dataset.root } }, view.name),
      chips(factsOf(view)),
      h(
        'div',
        { class: 'actions' },
        button(
          words('pages/train'),
          () => host.post({ kind: 'profile/train', recommendation: null }),
          {
            primary: true,
            refused: view.cannotTrain === null ? null : say(view.cannotTrain),
          },
        ),
        button(words('pages/create-config'), () =>
          host.post({ kind: 'profile/createConfig', recommendation: null }),
        ),
        button(words('pages/copy-as-code'), () => host.post({ kind: 'profile/copyAsCode' })),
        button(words('pages/compare'), () => host.post({ kind: 'profile/compare' })),
        button(words('pages/rescan'), () => host.post({ kind: 'profile/rescan' })),
      ),
    );
  const keep = (next: Partial<Ui>): void => host.keepUi({ ...host.ui(), ...next });
  const save = (request: SaveRequest): void => host.post({ kind: 'page/save', ...request });
  const shown: { advice?: AdviceSection; stale?: HTMLElement } = {};
  /** Says that the files have changed, once they have. */
  const staleNote = ({ stale }: ProfileView): HTMLElement => {
    shown.stale = h(
      'p',
      { class: 'stale', attributes: { hidden: !stale } },
      words('pages/stale'),
      button(words('pages/rescan'), () => host.post({ kind: 'profile/rescan' })),
    );
    return shown.stale;
  };
  const show = (view: ProfileView): void => {
    shown.advice = adviceSection(view.advice, {
      cannotTrain: view.cannotTrain,
      createConfig: (id) => host.post({ kind: 'profile/createConfig', recommendation: id }),
      train: (id) => host.post({ kind: 'profile/train', recommendation: id }),
      ask: (asked) => host.post({ kind: 'profile/goals', asked }),
    });
    const ui = host.ui();
    const plain = classRowsOf(view.profile);
    const { profile, rows } = withThresholds(view.profile, plain, ui.thresholds);
    const table = classTable(profile, rows, ui.table, (next) => keep({ table: next }));
    frame.show(
      header(view),
      staleNote(view),
      ...lead(profile, view, () => host.post({ kind: 'profile/train', recommendation: null })),
      numbers(profile),
      h(
        'div',
        { class: 'columns' },
        h(
          'div',
          { class: 'wide' },
          shapeCard(profile, rows, {
            ui: ui.shape,
            onUi: (shape) => keep({ shape }),
            onThresholds: (thresholds) => {
              keep({ thresholds });
              const banded = withThresholds(view.profile, plain, thresholds);
              table.show(banded.profile, banded.rows);
            },
            save,
          }),
          effectsCard(profile, rows, {
            ui: ui.effects,
            onUi: (effects) => keep({ effects }),
            save,
          }),
          table.element,
          ...labelCards(profile),
          splitsAndIssues(profile),
        ),
        h('div', { class: 'narrow' }, shown.advice.element),
      ),
    );
    frame.announce(leadSentences(profile).join(' '));
  };
};

main();
