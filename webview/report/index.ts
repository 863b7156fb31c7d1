import type { ReportView } from '../../src/protocol/webview';
import { trainingChip } from '../../src/report/tables';
import { words } from '../../src/words/say';
import '../ui/base.css';
import './report.css';
import { button, registerControls } from '../ui/controls';
import { h } from '../ui/dom';
import { chips, createFrame } from '../ui/frame';
import { connect } from '../ui/host';
import { sweepCard } from './sweep';
import { reportBody, reportSentences } from './view';

const factsOf = ({ report }: ReportView): readonly string[] => [
  words('pages/report/chip/run', {
    dataset: report.dataset.root.split(/[/\\]/).at(-1) ?? report.dataset.root,
    model: report.config.model.kind,
    count: report.config.stages.reduce((sum, { epochs }) => sum + epochs, 0),
  }),
  words('pages/report/chip/time', { backend: report.backend, time: trainingChip(report) }),
];

const main = (): void => {
  registerControls();
  const frame = createFrame();
  const host = connect(
    {
      'page/failed': ({ message }) => frame.notice(message, 'failed'),
      'report/show': ({ view, state }) => {
        host.keep(state);
        show(view);
      },
    },
    {},
  );
  const show = (view: ReportView): void => {
    const { report, sweep, events } = view;
    frame.show(
      h(
        'header',
        {},
        h('h1', {}, report.title),
        chips(factsOf(view)),
        h(
          'div',
          { class: 'actions' },
          button(words('pages/report/export'), () => host.post({ kind: 'report/export' }), {
            primary: true,
          }),
          button(words('pages/report/config'), () => host.post({ kind: 'report/openConfig' })),
          button(words('pages/report/run'), () => host.post({ kind: 'report/showRun' })),
        ),
      ),
      sweep === null ? null : sweepCard(sweep),
      ...reportBody(report, events),
    );
    frame.announce(reportSentences(report).join(' '));
  };
};

main();
