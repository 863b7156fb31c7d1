import type { TrainerEvent } from '../../src/protocol/trainer';
import type { RunView } from '../../src/protocol/webview';
import { duration } from '../../src/report/tables';
import { say, words } from '../../src/words/say';
import '../ui/base.css';
import '../report/report.css';
import './run.css';
import { createTestFiles, type TestFiles } from '../report/testFiles';
import { reportBody, reportSentences } from '../report/view';
import { button, registerControls } from '../ui/controls';
import { h, replace } from '../ui/dom';
import { card, chips, createFrame } from '../ui/frame';
import type { SaveRequest } from '../ui/save';
import { connect, type Connection } from '../ui/host';
import { bandChart, evaluationTable, hasLabelSets, lossChart } from './charts';
import { besideTable, classScores } from './scores';
import {
  addEvents,
  progressOf,
  type Progress,
  type StageProgress,
} from '../../src/report/live/progress';

/** How often a live page is redrawn, at most. */
const redrawMs = 400;

const isRunning = ({ record }: RunView): boolean =>
  record.state === 'running' || record.state === 'queued';

const stateSentence = (view: RunView, progress: Progress): string => {
  const { state, error } = view.record;
  const { features, step, role, epochs, backend } = progress;
  if (state === 'failed')
    return error === null
      ? words('pages/run/state/failed-silent')
      : words('pages/run/state/failed', { reason: say(error) });
  if (features !== null && isRunning(view)) {
    const { done, total, secondsLeft } = features;
    return secondsLeft === null
      ? words('pages/run/state/features', { done, total })
      : words('pages/run/state/features-left', { done, total, left: duration(secondsLeft) });
  }
  if (state !== 'running') return words(`pages/run/state/${state}`);
  if (step === null) return words(`pages/run/state/${backend === null ? 'queued' : 'preparing'}`);
  const params = {
    stage: step.stage,
    role: words(`pages/run/role/${role}`),
    epoch: step.epoch,
    epochs,
  };
  return step.secondsLeft === null
    ? words('pages/run/state/running', params)
    : words('pages/run/state/running-left', { ...params, left: duration(step.secondsLeft) });
};

const factsOf = (
  view: RunView,
  { backend, features, step, estimateSeconds }: Progress,
): readonly string[] => {
  const speed = (features ?? step)?.imagesPerSecond;
  return [
    view.dataset.name,
    ...(backend === null ? [] : [backend]),
    ...(speed === undefined || !isRunning(view)
      ? []
      : [words('pages/run/chip/speed', { value: Math.round(speed) })]),
    ...(step === null || features !== null || !isRunning(view)
      ? []
      : [
          words('pages/run/chip/loss', { value: step.loss }),
          words('pages/run/chip/rate', { value: step.learningRate }),
        ]),
    ...(estimateSeconds === null
      ? []
      : [words('pages/run/chip/estimate', { time: duration(estimateSeconds) })]),
  ];
};

const progressLine = (title: string, share: number, state: StageProgress['state']): HTMLElement => {
  const fill = h('div', { class: 'fill' });
  fill.style.width = `${share * 100}%`;
  const track = {
    role: 'progressbar',
    'aria-label': title,
    'aria-valuenow': Math.round(share * 100),
    'aria-valuemin': 0,
    'aria-valuemax': 100,
  };
  return h(
    'li',
    { class: state },
    h(
      'div',
      { class: 'title' },
      title,
      h('span', {}, words('pages/percent/whole', { share: Math.round(share * 100) })),
    ),
    h('div', { class: 'track', attributes: track }, fill),
  );
};

const stageLine = ({ role, name, share, state }: StageProgress): HTMLElement => {
  const title = words('pages/run/stage', { role: words(`pages/run/role/${role}`), stage: name });
  return progressLine(title, share, state);
};

/** The frozen network's way through the pictures, while it lasts. */
const featuresLine = (view: RunView, { features }: Progress): readonly HTMLElement[] => {
  if (features === null || !isRunning(view)) return [];
  const share = features.done / Math.max(1, features.total);
  return [progressLine(words('pages/run/features'), share, 'now')];
};

const actionsOf = (view: RunView, host: Connection<object>): HTMLElement => {
  const { state } = view.record;
  const refused = view.ours ? null : words('host/not-our-run');
  const stop = button(
    words('pages/run/stop'),
    () => {
      host.post({ kind: 'run/stop' });
      stop.textContent = words('pages/run/stopping');
      stop.setAttribute('disabled', '');
    },
    { primary: true, refused },
  );
  const resume = ['interrupted', 'stopped', 'failed'].includes(state);
  return h(
    'div',
    { class: 'actions' },
    isRunning(view) ? stop : null,
    resume
      ? button(words('pages/run/resume'), () => host.post({ kind: 'run/resume' }), {
          primary: true,
        })
      : null,
    button(words('pages/run/config'), () => host.post({ kind: 'run/openConfig' })),
    button(words('pages/run/log'), () => host.post({ kind: 'run/showLog' })),
  );
};

/** The parts of the page that change while a run goes on; the rest is left alone, the focus with it. */
const createLive = () => {
  const facts = h('div');
  const sentence = h('p', { class: 'lead' });
  const stages = h('ul', {
    class: 'stages',
    attributes: { 'aria-label': words('pages/run/stages') },
  });
  const loss = h('div');
  const recall = h('div');
  const recallTitle = h('span', {}, words('pages/run/recall'));
  const legend = h('p', { class: 'note' }, words('pages/run/dashed'));
  const beside = h('div');
  const classes = h('div');
  const classCard = card(words('pages/run/classes'), {}, classes);
  const shown: { evaluation: number | null } = { evaluation: null };
  const table = h('div');
  const note = h('p', { class: 'note' }, words('pages/run/baseline-first'));
  const remarks = h('ul', { class: 'remarks' });
  const remarkCard = card(words('pages/run/warnings'), {}, remarks);
  /** What changes with an evaluation only; a table that was opened stays open. */
  const drawScores = (view: RunView, progress: Progress): void => {
    const last = progress.evaluations.at(-1)?.seq ?? null;
    legend.hidden = !progress.evaluations.some(({ role }) => role === 'recipe');
    if (last === shown.evaluation && last !== null) return;
    shown.evaluation = last;
    replace(beside, besideTable(progress, view));
    const opened = (place: Element): boolean => place.querySelector('details')?.open ?? false;
    const wasOpen = [table, classes].map(opened);
    replace(table, evaluationTable(progress, view));
    const scores = classScores(progress, view);
    classCard.hidden = scores === null;
    replace(classes, ...(scores ?? []));
    [table, classes].forEach((place, i) =>
      place.querySelector('details')?.toggleAttribute('open', wasOpen[i] === true),
    );
  };
  const draw = (view: RunView, events: readonly TrainerEvent[]): string => {
    const progress = progressOf(events, isRunning(view));
    const said = stateSentence(view, progress);
    replace(facts, chips(factsOf(view, progress)));
    if (sentence.textContent !== said) sentence.textContent = said;
    note.hidden = progress.role !== 'baseline' || !isRunning(view);
    replace(stages, ...progress.stages.map(stageLine), ...featuresLine(view, progress));
    replace(loss, lossChart(events));
    recallTitle.textContent = words(
      hasLabelSets(progress) ? 'pages/run/precision' : 'pages/run/recall',
    );
    replace(recall, bandChart(progress, view));
    drawScores(view, progress);
    remarkCard.hidden = progress.warnings.length === 0;
    replace(remarks, ...progress.warnings.map(({ message }) => h('li', {}, say(message))));
    return said;
  };
  return {
    ...{ facts, sentence, note, stages, loss, recall, recallTitle },
    ...{ legend, beside, table, classCard, remarkCard, draw },
  };
};

const main = (): void => {
  registerControls();
  const frame = createFrame();
  const live = createLive();
  const state: {
    view: RunView | null;
    files: TestFiles | null;
    events: readonly TrainerEvent[];
    due: boolean;
  } = {
    view: null,
    files: null,
    events: [],
    due: false,
  };
  const host = connect(
    {
      'page/failed': ({ message }) => frame.notice(message, 'failed'),
      'run/show': ({ view, state: kept }) => {
        host.keep(kept);
        state.view = view;
        state.events = addEvents([], view.events);
        show(view);
      },
      'report/files': (message) => state.files?.list(message),
      'report/noFiles': (message) => state.files?.fail(message),
      'report/pictures': (message) => state.files?.picture(message),
      'run/events': ({ events }) => {
        state.events = addEvents(state.events, events);
        drawSoon();
      },
    },
    {},
  );
  const drawSoon = (): void => {
    if (state.due) return;
    state.due = true;
    setTimeout(() => {
      state.due = false;
      if (state.view !== null) live.draw(state.view, state.events);
    }, redrawMs);
  };
  const show = (view: RunView): void => {
    const said = live.draw(view, state.events);
    const { title, id } = view.record;
    const header = h(
      'header',
      {},
      h('h1', {}, view.report?.title ?? (title === '' ? id : title)),
      live.facts,
      actionsOf(view, host),
    );
    const recall = card(live.recallTitle, {}, live.recall, live.legend, live.beside, live.table);
    const loss = card(words('pages/run/loss'), {}, live.loss);
    const charts = (...columns: HTMLElement[][]): HTMLElement[] => [
      live.stages,
      h('div', { class: 'live' }, ...columns.map((cards) => h('div', {}, ...cards))),
      live.remarkCard,
    ];
    // The report has the curve of the loss already.
    if (view.report === null)
      frame.show(header, live.sentence, ...charts([recall], [loss, live.classCard]), live.note);
    else {
      const { report } = view;
      const files = createTestFiles(report.scores.multiLabel !== undefined, (message) =>
        host.post(message),
      );
      state.files = files;
      const save = (request: SaveRequest): void => host.post({ kind: 'page/save', ...request });
      const body = reportBody({ report, events: state.events }, { save, openFiles: files.open });
      frame.show(header, ...body, ...charts([recall]));
    }
    frame.announce(view.report === null ? said : reportSentences(view.report).join(' '));
  };
};

main();
