/**
 * A piece of a drawing before it is SVG text or a document's elements. Colours are classes (the
 * theme decides), never attributes. `text` becomes a text node.
 */
export interface Shape {
  readonly tag: 'svg' | 'g' | 'rect' | 'line' | 'circle' | 'path' | 'polyline' | 'text' | 'title';
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly text?: string;
  readonly children?: readonly Shape[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Coordinates with at most two decimals: below a hundredth of a pixel nothing is seen. */
export const near = (value: number): number => Math.round(value * 100) / 100;

const rounded = (attributes: Shape['attributes']): Shape['attributes'] =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      typeof value === 'number' ? near(value) : value,
    ]),
  );

/** A shape without content. */
export const shape = (tag: Shape['tag'], attributes: Shape['attributes']): Shape => ({
  tag,
  attributes: rounded(attributes),
});

/** A group of shapes. */
export const group = (attributes: Shape['attributes'], children: readonly Shape[]): Shape => ({
  tag: 'g',
  attributes: rounded(attributes),
  children,
});

/** A label; `anchor` says which end of the text stands at the point. */
export const label = (
  at: Point,
  text: string,
  anchor: 'start' | 'middle' | 'end',
  className: string,
): Shape => ({
  tag: 'text',
  attributes: rounded({ ...at, 'text-anchor': anchor, class: className }),
  text,
});

/** A path through points by straight lines, as the `points` attribute of a polyline. */
export const through = (points: readonly Point[]): string =>
  points.map(({ x, y }) => `${near(x)},${near(y)}`).join(' ');

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const escape = (text: string): string => text.replaceAll(/[&<>"]/g, (char) => escapes[char] ?? '');

/** SVG text of a shape, every attribute and text escaped. */
export const svgText = ({ tag, attributes, text, children = [] }: Shape): string => {
  const pairs = Object.entries(attributes).map(
    ([name, value]) => ` ${name}="${escape(String(value))}"`,
  );
  const inner = `${text === undefined ? '' : escape(text)}${children.map(svgText).join('')}`;
  return `<${tag}${pairs.join('')}>${inner}</${tag}>`;
};
