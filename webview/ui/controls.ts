// The only file that knows the component library. A swap to another one ends here.
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';

/** Registers the components; once, when a page starts. */
export const registerControls = (): void => {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodeTextField(),
  );
};

export interface ButtonOptions {
  readonly primary?: boolean;
  /** Why it cannot be used; also its tooltip. */
  readonly refused?: string | null;
  readonly describedBy?: string;
}

/** A push button. */
export const button = (
  label: string,
  onClick: () => void,
  options: ButtonOptions = {},
): HTMLElement => {
  const element = document.createElement('vscode-button');
  element.setAttribute('appearance', options.primary === true ? 'primary' : 'secondary');
  element.textContent = label;
  if (options.describedBy !== undefined)
    element.setAttribute('aria-description', options.describedBy);
  if (options.refused != null) {
    element.setAttribute('disabled', '');
    element.setAttribute('title', options.refused);
  }
  element.addEventListener('click', () => {
    if (!element.hasAttribute('disabled')) onClick();
  });
  return element;
};

const valueOf = (element: Element): string =>
  'value' in element && typeof element.value === 'string' ? element.value : '';

/** A field for one line of text; calls back at every letter. */
export const textField = (
  { label, placeholder, value }: { label: string; placeholder: string; value: string },
  onInput: (value: string) => void,
): HTMLElement => {
  const element = document.createElement('vscode-text-field');
  // The component takes its text as its name and overwrites an aria-label; the style hides the text.
  element.textContent = label;
  element.setAttribute('placeholder', placeholder);
  element.setAttribute('value', value);
  element.addEventListener('input', () => onInput(valueOf(element)));
  return element;
};

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A drop-down of a few choices. */
export const dropdown = (
  { label, value, choices }: { label: string; value: string; choices: readonly Choice[] },
  onChange: (value: string) => void,
): HTMLElement => {
  const element = document.createElement('vscode-dropdown');
  element.setAttribute('aria-label', label);
  // Places, not values: the component takes an option with the value '' for the selected one.
  for (const [place, choice] of choices.entries()) {
    const option = document.createElement('vscode-option');
    option.setAttribute('value', String(place));
    if (choice.value === value) option.setAttribute('selected', '');
    option.textContent = choice.label;
    element.append(option);
  }
  element.addEventListener('change', () => {
    const chosen = choices[Number(valueOf(element))];
    if (chosen !== undefined) onChange(chosen.value);
  });
  return element;
};
