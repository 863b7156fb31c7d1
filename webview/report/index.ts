import type { ReportOutputs } from '../../src/protocol/reportPage';
import type { ReportView } from '../../src/protocol/webview';
import type { BenchSetting } from '../../src/report/bench/setting';
import type { RunReport } from '../../src/report/types';
import { reportFormats, type ReportFormat } from '../../src/report/formatNames';
import { trainingChip } from '../../src/report/tables';
import { say, words } from '../../src/words/say';
import '../ui/base.css';
import './report.css';
import { button, registerControls } from '../ui/controls';
import { h, replace } from '../ui/dom';
import { card, chips, createFrame } from '../ui/frame';
import { connect } from '../ui/host';
import type { SaveRequest } from '../ui/save';
import { createBench, type Bench } from './bench';
import { diagnosisCard } from './diagnosis';
import { sweepCard } from './sweep';
import { createTestFiles, type TestFiles } from './testFiles';
import { reportBody, reportSentences } from './view';

const factsOf = ({ report }: ReportView): readonly string[] => [
  words('pages/report/chip/run', {
    dataset: report.dataset.root.split(/[/\\]/).at(-1) ?? report.dataset.root,
    model: report.config.model.kind,
    count: report.config.stages.reduce((sum, { epochs }) => sum + epochs, 0),
  }),
  words('pages/report/chip/time', { backend: report.backend, time: trainingChip(report) }),
];

/** One button a format, under one name. */
const exportButtons = (onExport: (format: ReportFormat) => void): HTMLElement =>
  h(
    'div',
    { class: 'actions', attributes: { role: 'group', 'aria-label': words('pages/export') } },
    h('span', { class: 'note', attributes: { 'aria-hidden': 'true' } }, words('pages/export')),
    ...reportFormats.map((format) =>
      button(words(`pages/export/${format}`), () => onExport(format), {
        describedBy: words('pages/export'),
      }),
    ),
  );

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
      'report/outputs': ({ outputs }) => {
        if (shown.report !== null) showOutputs(shown.report, outputs);
      },
      'report/files': (message) => shown.files?.list(message),
      'report/noFiles': (message) => shown.files?.fail(message),
      'report/pictures': (message) => shown.files?.picture(message),
      'report/kept': ({ kept, written }) => shown.bench?.kept(kept, written),
    },
    {},
  );
  const shown: { report: RunReport | null; bench: Bench | null; files: TestFiles | null } = {
    ...{ report: null, bench: null, files: null },
  };
  const slots = { bench: h('div', {}), diagnosis: h('div', {}) };
  const save = (request: SaveRequest): void => host.post({ kind: 'page/save', ...request });
  const showOutputs = (report: RunReport, outputs: ReportOutputs): void => {
    const { bench, noBench, kept } = outputs;
    const keep = (setting: BenchSetting): void => host.post({ kind: 'report/keep', setting });
    shown.bench = bench === null ? null : createBench(report, bench, { save, keep });
    replace(
      slots.bench,
      shown.bench?.element ??
        (noBench === null
          ? null
          : card(words('pages/bench/title'), {}, h('p', { class: 'note' }, say(noBench)))),
    );
    if (kept !== null) shown.bench?.kept(kept, kept.setting);
    replace(slots.diagnosis, diagnosisCard(report, outputs, save));
  };
  const show = (view: ReportView): void => {
    const { report, sweep, advised, events } = view;
    shown.report = report;
    const several = report.scores.multiLabel !== undefined;
    const files = createTestFiles(several, (message) => host.post(message));
    shown.files = files;
    frame.show(
      h(
        'header',
        {},
        h('h1', {}, report.title),
        chips(factsOf(view)),
        h(
          'div',
          { class: 'actions' },
          button(words('pages/report/compare'), () => host.post({ kind: 'report/compare' })),
          sweep === null
            ? button(words('pages/report/repeat'), () => host.post({ kind: 'report/repeat' }))
            : null,
          button(words('pages/report/config'), () => host.post({ kind: 'report/openConfig' })),
          button(words('pages/report/run'), () => host.post({ kind: 'report/showRun' })),
          exportButtons((format) => host.post({ kind: 'report/export', format })),
        ),
      ),
      sweep === null ? null : sweepCard(sweep, advised),
      ...reportBody({ report, events }, { save, openFiles: files.open }, [
        slots.bench,
        slots.diagnosis,
      ]),
    );
    frame.announce(reportSentences(report).join(' '));
  };
};

main();
