import { h } from './dom';

/** A choice of a few that are all seen; `name` is the group's own on the page. */
export const radios = <Value extends string>(
  name: string,
  {
    label,
    value,
    choices,
  }: {
    readonly label: string;
    readonly value: Value;
    readonly choices: readonly { readonly value: Value; readonly label: string }[];
  },
  onChange: (value: Value) => void,
): HTMLElement =>
  h(
    'fieldset',
    {},
    h('legend', { class: 'hidden' }, label),
    ...choices.map((choice) =>
      h(
        'label',
        { class: 'radio' },
        h('input', {
          attributes: { type: 'radio', name, value: choice.value, checked: choice.value === value },
          on: { change: () => onChange(choice.value) },
        }),
        choice.label,
      ),
    ),
  );
