import type { FromPage } from '../../src/protocol/webview';

/** What a page hands to the host to be written where the user says. */
export type SaveRequest = Omit<Extract<FromPage, { kind: 'page/save' }>, 'kind'>;

/** Looks that the style sheet gives to shapes, and that a file of its own has to carry. */
const looks = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linejoin',
  'opacity',
  'paint-order',
  'font-family',
  'font-size',
  'font-weight',
] as const;

/**
 * The SVG text of a drawing as it is seen now: colours and fonts of the theme written into it, on
 * the theme's background, so that any viewer shows the same.
 */
export const standalone = (svg: SVGElement): { text: string; width: number; height: number } => {
  const [, , width = 1, height = 1] = (svg.getAttribute('viewBox') ?? '').split(' ').map(Number);
  const copy = svg.cloneNode(true);
  if (!(copy instanceof SVGElement)) throw new Error('a drawing was copied as something else');
  const originals = [svg, ...svg.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((element, i) => {
    const original = originals[i];
    if (original === undefined) return;
    const style = getComputedStyle(original);
    for (const look of looks) element.setAttribute(look, style.getPropertyValue(look));
    for (const name of ['class', 'tabindex', 'data-bar', 'data-item', 'data-row'])
      element.removeAttribute(name);
  });
  const ground = document.createElementNS(svg.namespaceURI ?? '', 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', getComputedStyle(document.body).backgroundColor);
  copy.prepend(ground);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  return { text: new XMLSerializer().serializeToString(copy), width, height };
};

/** Pixels a unit of the drawing: sharp in print and on dense screens. */
const density = 2;

/** The drawing as a PNG, in base64. */
export const pngOf = async (svg: SVGElement): Promise<string> => {
  const { text, width, height } = standalone(svg);
  const image = new Image();
  const bytes = new TextEncoder().encode(text);
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  image.src = `data:image/svg+xml;base64,${btoa(binary)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * density;
  canvas.height = height * density;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').replace(/^.*?,/, '');
};
