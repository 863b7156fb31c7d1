import type { Shape } from '../../src/charts/shape';

export type Child = Node | string | null | undefined | false;

export interface Props {
  readonly class?: string;
  readonly attributes?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  readonly on?: Readonly<Record<string, (event: Event) => void>>;
}

const fill = <E extends Element>(element: E, props: Props, children: readonly Child[]): E => {
  if (props.class !== undefined && props.class !== '') element.setAttribute('class', props.class);
  for (const [name, value] of Object.entries(props.attributes ?? {}))
    if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value));
  for (const [name, listener] of Object.entries(props.on ?? {}))
    element.addEventListener(name, listener);
  for (const child of children)
    if (child !== null && child !== undefined && child !== false) element.append(child);
  return element;
};

/** An element with its children; strings become text nodes, so names from a disk stay text. */
export const h = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] => fill(document.createElement(tag), props, children);

const svgSpace = 'http://www.w3.org/2000/svg';

/** The elements of a drawing. */
export const draw = (shape: Shape): SVGElement =>
  fill(document.createElementNS(svgSpace, shape.tag), { attributes: shape.attributes }, [
    shape.text,
    ...(shape.children ?? []).map(draw),
  ]);

/** Replaces everything inside an element. */
export const replace = (parent: Element, ...children: readonly Child[]): void =>
  parent.replaceChildren(
    ...children.filter(
      (child): child is Node | string => child !== null && child !== undefined && child !== false,
    ),
  );

const open = '\ue000';
const close = '\ue001';

/** Marks a parameter of a sentence, so that `rich` shows it in bold. */
export const strong = (text: string): string => `${open}${text}${close}`;

/** A sentence whose marked parts are bold. */
export const rich = (sentence: string): DocumentFragment => {
  const fragment = document.createDocumentFragment();
  const [before, ...marked] = sentence.split(open);
  fragment.append(before ?? '');
  for (const part of marked) {
    const [bold, ...rest] = part.split(close);
    fragment.append(h('strong', {}, bold), rest.join(''));
  }
  return fragment;
};
