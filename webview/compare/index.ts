import type { ComparedRunView, CompareView } from '../../src/protocol/webview';
import { comparedWith, groupsOf, usualReference } from '../../src/report/comparison/difference';
import { groupName } from '../../src/report/comparison/tables';
import type { ComparedRun } from '../../src/report/comparison/types';
import { words } from '../../src/words/say';
import '../ui/base.css';
import './compare.css';
import { button, dropdown, registerControls } from '../ui/controls';
import { h } from '../ui/dom';
import { chips, createFrame } from '../ui/frame';
import { connect } from '../ui/host';
import { comparisonBody, comparisonSentences } from './view';

const runOf = ({ items, labels, ...run }: ComparedRunView): ComparedRun => ({
  ...run,
  items: items && {
    rows: new Int32Array(items.rows),
    labels: new Int32Array(items.labels),
    predicted: new Int32Array(items.predicted),
  },
  labels: labels && {
    rows: new Int32Array(labels.rows),
    targets: new Uint8Array(labels.targets),
    decisions: new Uint8Array(labels.decisions),
    scores: new Float32Array(labels.scores),
  },
});

const factsOf = ({ runs }: CompareView): readonly string[] => {
  const roots = new Set(
    runs.map(({ report }) => report.dataset.root.split(/[/\\]/).at(-1) ?? report.dataset.root),
  );
  const [first] = runs;
  return [
    [...roots].join(', '),
    ...(first === undefined
      ? []
      : [words('pages/compare/items', { count: first.report.scores.samples })]),
  ];
};

const main = (): void => {
  registerControls();
  const frame = createFrame();
  const host = connect(
    {
      'page/failed': ({ message }) => frame.notice(message, 'failed'),
      'comparison/show': ({ view, state }) => {
        host.keep(state);
        show(view);
      },
    },
    // The letter of the group that the others are held against; none until one is chosen.
    { against: '' },
  );
  const show = (view: CompareView): void => {
    const groups = groupsOf(view.runs.map(runOf));
    const chosen = groups.findIndex(({ key }) => key === host.ui().against);
    const place = chosen === -1 ? usualReference(groups) : chosen;
    const comparison = comparedWith(groups, place);
    const choices = groups.map((group) => ({ value: group.key, label: groupName(group) }));
    frame.show(
      h(
        'header',
        {},
        h('h1', {}, words('comparison/title')),
        chips(factsOf(view)),
        h(
          'div',
          { class: 'actions' },
          h(
            'span',
            { class: 'note', attributes: { 'aria-hidden': 'true' } },
            words('pages/compare/against'),
          ),
          dropdown(
            { label: words('pages/compare/against'), value: comparison.reference.key, choices },
            (against) => {
              host.keepUi({ against });
              show(view);
            },
          ),
          button(
            words('pages/compare/export'),
            () => host.post({ kind: 'comparison/export', reference: place }),
            { primary: true },
          ),
        ),
      ),
      ...comparisonBody(comparison, {
        save: (request) => host.post({ kind: 'page/save', ...request }),
        repeat: (run) => host.post({ kind: 'comparison/repeat', run }),
        openReport: (run) => host.post({ kind: 'comparison/openReport', run }),
      }),
    );
    frame.announce(comparisonSentences(comparison).join(' '));
  };
};

main();
