import type { Colour, MatrixColours } from '../../../src/charts/matrix';

/** Colours and letters of the theme, as a canvas takes them. */
export interface MatrixTheme extends MatrixColours {
  readonly text: string;
  readonly faint: string;
  readonly focus: string;
  readonly font: string;
  /** Outlines have to carry what shades carry elsewhere. */
  readonly highContrast: boolean;
}

/** Whatever a style sheet can say, as three numbers: the canvas itself is asked. */
const colourOf = (element: HTMLElement, pen: CanvasRenderingContext2D, css: string): Colour => {
  element.style.color = css;
  pen.clearRect(0, 0, 1, 1);
  pen.fillStyle = getComputedStyle(element).color;
  pen.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
};

/** What the theme gives an element now; `place` is in the page. */
export const matrixTheme = (place: HTMLElement): MatrixTheme => {
  const probe = place.appendChild(document.createElement('span'));
  const small = document.createElement('canvas');
  const pen = small.getContext('2d', { willReadFrequently: true });
  if (pen === null) throw new Error('the canvas gave no context');
  const css = (value: string): Colour => colourOf(probe, pen, value);
  const named = (value: string): string => `rgb(${css(value).join(' ')})`;
  const theme = {
    ground: css('var(--raised)'),
    right: css('var(--vscode-charts-blue)'),
    wrong: css('var(--vscode-charts-red)'),
    ink: css('var(--vscode-foreground)'),
    text: named('var(--vscode-foreground)'),
    faint: named('var(--faint)'),
    focus: named('var(--vscode-focusBorder)'),
    font: getComputedStyle(place).fontFamily,
    highContrast: /high-contrast/.test(document.body.className),
  };
  probe.remove();
  return theme;
};
