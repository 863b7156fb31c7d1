import type { AdviceView } from '../../src/protocol/webview';
import type { AskedGoals } from '../../src/recommend/asked';
import { words } from '../../src/words/say';
import { dropdown, textField } from '../ui/controls';
import { h, replace } from '../ui/dom';

export interface GoalActions {
  /** Wants advice for these goals. */
  readonly ask: (asked: AskedGoals) => void;
  /** Wants to name a file of class shares; advice for it follows, or what was asked before. */
  readonly askSharesFile: () => void;
}

/** The form, and how it shows what is asked where that came from elsewhere. */
export interface GoalForm {
  readonly element: HTMLElement;
  show(asked: AskedGoals): void;
}

/** While somebody types nothing is asked. */
const typingMs = 300;

const deployments = ['uniform', 'as-trained'] as const;
const metrics = ['balanced-accuracy', 'accuracy', 'macro-f1', 'calibration'] as const;
/** That there is no model is what is taken when nothing is said. */
const models = ['logits', 'weights'] as const;

/** What the model will meet: known worlds, and shares out of a file. */
const deploymentChoice = (
  { deployment, shares }: AskedGoals,
  onChange: (value: AskedGoals['deployment']) => void,
  askSharesFile: () => void,
): HTMLElement => {
  const label = words('pages/goals/deployment');
  const fileChoice = { value: 'file', label: words('pages/goals/deployment/file') };
  const given =
    shares === null
      ? []
      : [{ value: 'given', label: words('pages/goals/deployment/given', { file: shares.file }) }];
  return dropdown(
    {
      label,
      value: deployment ?? '',
      choices: [
        { value: '', label: words('pages/goals/deployment/any') },
        ...deployments.map((word) => ({
          value: word,
          label: words(`pages/goals/deployment/${word}`),
        })),
        ...given,
        fileChoice,
      ],
    },
    (chosen) => {
      if (chosen === 'file') askSharesFile();
      else onChange(chosen === 'given' ? chosen : (deployments.find((w) => w === chosen) ?? null));
    },
  );
};

const field = (name: string, control: HTMLElement): HTMLElement =>
  h(
    'div',
    { class: 'goal' },
    // The control says the same to those who hear it.
    h('span', { attributes: { 'aria-hidden': 'true' } }, words(`pages/goals/${name}`)),
    control,
  );

/** One of a few answers, or none of them. */
const choice = <T extends string>(
  name: 'metric' | 'model',
  known: readonly T[],
  value: string | null,
  onChange: (value: T | null) => void,
): HTMLElement =>
  field(
    name,
    dropdown(
      {
        label: words(`pages/goals/${name}`),
        value: known.find((word) => word === value) ?? '',
        choices: [
          { value: '', label: words(`pages/goals/${name}/any`) },
          ...known.map((word) => ({ value: word, label: words(`pages/goals/${name}/${word}`) })),
        ],
      },
      (chosen) => onChange(known.find((word) => word === chosen) ?? null),
    ),
  );

const minutesIn = (text: string): number | null => {
  const minutes = text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(minutes) && minutes >= 0 ? minutes : null;
};

/** What the model is for; every answer asks for other advice at once. */
export const goalForm = (view: AdviceView, { ask, askSharesFile }: GoalActions): GoalForm => {
  const state: { asked: AskedGoals; timer: number; choosing: boolean } = {
    asked: view.asked,
    timer: 0,
    // A file is being chosen: the list shows what is no answer yet.
    choosing: false,
  };
  const change = (next: Partial<AskedGoals>, waitMs = 0): void => {
    state.asked = { ...state.asked, ...next };
    window.clearTimeout(state.timer);
    if (waitMs === 0) ask(state.asked);
    else state.timer = window.setTimeout(() => ask(state.asked), waitMs);
  };
  const { metric, model, budgetMinutes, framework } = view.asked;
  const deployment = h('div', {});
  const showDeployment = (): void =>
    replace(
      deployment,
      deploymentChoice(
        state.asked,
        (value) => change({ deployment: value }),
        () => {
          state.choosing = true;
          askSharesFile();
        },
      ),
    );
  showDeployment();
  const version = field(
    'version',
    textField(
      {
        label: words('pages/goals/version'),
        placeholder: words('pages/goals/version/placeholder'),
        value: framework?.version ?? '',
      },
      (text) => {
        const named = state.asked.framework;
        if (named === null) return;
        const written = text.trim();
        change({ framework: { ...named, version: written === '' ? null : written } }, typingMs);
      },
    ),
  );
  version.toggleAttribute('hidden', framework === null);
  const element = h(
    'section',
    { class: 'card goal-form' },
    h('h3', {}, words('pages/goals/title')),
    field('deployment', deployment),
    choice('metric', metrics, metric, (value) => change({ metric: value })),
    choice('model', models, model, (value) => change({ model: value })),
    field(
      'budget',
      textField(
        {
          label: words('pages/goals/budget'),
          placeholder: words('pages/goals/budget/placeholder'),
          value: budgetMinutes === null ? '' : String(budgetMinutes),
        },
        (text) => change({ budgetMinutes: minutesIn(text) }, typingMs),
      ),
    ),
    field(
      'framework',
      dropdown(
        {
          label: words('pages/goals/framework'),
          value: framework?.name ?? '',
          choices: [
            { value: '', label: words('pages/goals/framework/any') },
            ...view.frameworks.map((name) => ({ value: name, label: name })),
          ],
        },
        (name) => {
          version.toggleAttribute('hidden', name === '');
          change({
            framework:
              name === '' ? null : { name, version: state.asked.framework?.version ?? null },
          });
        },
      ),
    ),
    version,
  );
  return {
    element,
    show: ({ deployment: world, shares }) => {
      const { asked, choosing } = state;
      state.asked = { ...asked, deployment: world, shares };
      state.choosing = false;
      // Whoever has just used the list keeps their place in it.
      if (choosing || asked.deployment !== world) showDeployment();
    },
  };
};
