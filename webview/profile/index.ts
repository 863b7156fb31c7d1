import type { ProfileView } from '../../src/protocol/webview';
import { say, words } from '../../src/words/say';
import '../ui/base.css';
import './profile.css';
import { button, registerControls } from '../ui/controls';
import { h, replace } from '../ui/dom';
import { chips, createFrame } from '../ui/frame';
import { connect } from '../ui/host';
import type { SaveRequest } from '../ui/save';
import { adviceSection, type AdviceSection } from './advice';
import { withThresholds, type Thresholds } from './bands';
import { createClassFiles } from './classFiles';
import type { TableUi } from './arrange';
import { classTable } from './classTable';
import { classesOf } from './classes';
import { createComparison } from './comparison';
import { labelCards } from './labels';
import { effectsCard, usualEffects, type EffectsUi } from './effects';
import { lead } from './lead';
import { leadSentences } from './leadSentences';
import { numbers } from './numbers';
import { shapeCard, type ShapeUi } from './shape';
import { splitsAndIssues } from './splits';
import { splitName } from './view';
import { viewChips } from './viewChips';

interface Ui {
  readonly shape: ShapeUi;
  readonly effects: EffectsUi;
  readonly table: TableUi;
}

const start: Ui = {
  shape: { tab: 'rank', chart: { axis: 'log', overlay: '' } },
  effects: usualEffects,
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

/** Leaves in the page's own timeline how long it took from the data to the first frame. */
const measurePaint = (from: number): void => {
  requestAnimationFrame(() =>
    setTimeout(() => performance.measure('longtail-first-paint', { start: from })),
  );
};

const main = (): void => {
  registerControls();
  const frame = createFrame();
  const host = connect<Ui>(
    {
      'page/busy': ({ message }) => frame.notice(message, 'busy'),
      'page/failed': ({ message }) => frame.notice(message, 'failed'),
      'profile/show': ({ view, state }) => {
        host.keep(state);
        const from = performance.now();
        show(view);
        measurePaint(from);
      },
      'profile/stale': () => {
        shown.stale?.removeAttribute('hidden');
        frame.announce(words('pages/stale'));
      },
      'profile/advice': ({ view }) => {
        const sentence = shown.advice?.show(view);
        if (sentence !== undefined) frame.announce(sentence);
      },
      'profile/compared': ({ changes }) => {
        comparison.show(changes);
        frame.announce(changes.sentence);
      },
      'profile/files': (message) => files.list(message),
      'profile/pictures': (message) => files.picture(message),
      'profile/focus': ({ part }) => {
        const target = document.getElementById(part);
        target?.scrollIntoView({ block: 'start' });
        target?.focus();
      },
    },
    start,
  );
  const files = createClassFiles((message) => host.post(message));
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
  const comparison = createComparison({
    save,
    onClose: () => host.post({ kind: 'profile/closeComparison' }),
  });
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
      askSharesFile: () => host.post({ kind: 'profile/sharesFile' }),
    });
    const ui = host.ui();
    const plain = classesOf(view.profile, view.columns);
    const { profile, classes } = withThresholds(view.profile, plain, view.bandsSet);
    const table = classTable({
      profile,
      classes,
      q: ui.effects.q,
      ui: ui.table,
      onUi: (next) => keep({ table: next }),
      actions: {
        showFiles: files.open,
        ignore: (names) => host.post({ kind: 'profile/ignore', classes: names }),
        merge: (names) => host.post({ kind: 'profile/merge', classes: names }),
      },
      below: files.element,
    });
    files.close();
    const differs = h('div', {});
    const showChips = (thresholds: Thresholds | null): void =>
      replace(
        differs,
        viewChips(view.choice, thresholds, {
          undoClasses: () => host.post({ kind: 'profile/undoClasses' }),
          resetBands: () => {
            host.post({ kind: 'profile/bands', thresholds: null });
            show({ ...view, bandsSet: null });
          },
        }),
      );
    showChips(view.bandsSet);
    frame.show(
      header(view),
      differs,
      staleNote(view),
      ...lead(profile, classes, view, {
        measure: () => host.post({ kind: 'profile/train', recommendation: null }),
        showTail: () => table.showBand('few'),
      }),
      numbers(profile, classes),
      comparison.element,
      h(
        'div',
        { class: 'columns' },
        h(
          'div',
          { class: 'wide' },
          shapeCard(profile, classes, {
            ui: ui.shape,
            onUi: (shape) => keep({ shape }),
            onThresholds: (thresholds) => {
              host.post({ kind: 'profile/bands', thresholds });
              showChips(thresholds);
              table.show(withThresholds(view.profile, plain, thresholds));
            },
            save,
          }),
          effectsCard(profile, classes, {
            ui: ui.effects,
            onUi: (effects) => {
              const moved = effects.q !== host.ui().effects.q;
              keep({ effects });
              if (moved) table.show({ q: effects.q });
            },
            save,
          }),
          table.element,
          ...labelCards(profile),
          splitsAndIssues(profile, classes),
        ),
        h('div', { class: 'narrow' }, shown.advice.element),
      ),
    );
    frame.announce(leadSentences(profile, classes).join(' '));
  };
};

main();
