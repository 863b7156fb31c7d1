import { escapeHtml } from './svg';
import type { Cell, Table } from './tables';

const cellHtml = (tag: 'th' | 'td', cell: Cell, right: boolean): string => {
  const classes = [right ? 'right' : '', cell.tone ?? ''].filter((name) => name !== '');
  const attributes =
    (classes.length === 0 ? '' : ` class="${classes.join(' ')}"`) +
    (tag === 'th' ? ' scope="row"' : '');
  return `<${tag}${attributes}>${escapeHtml(cell.text)}</${tag}>`;
};

/** A table that scrolls by itself where it is wide. */
export const tableHtml = ({ columns, rows }: Table, caption: string): string => {
  const head = columns.map(
    ({ label, align }) =>
      `<th scope="col"${align === 'right' ? ' class="right"' : ''}>${escapeHtml(label)}</th>`,
  );
  const body = rows.map(({ marked, cells }) => {
    const html = cells.map((cell, i) =>
      cellHtml(i === 0 ? 'th' : 'td', cell, columns[i]?.align === 'right'),
    );
    return `<tr${marked ? ' class="marked"' : ''}>${html.join('')}</tr>`;
  });
  return `<div class="wide" tabindex="0" role="region" aria-label="${escapeHtml(caption)}"><table><thead><tr>${head.join('')}</tr></thead>
<tbody>
${body.join('\n')}
</tbody></table></div>`;
};

/** A part of a report under its title. */
export const section = (title: string, inside: string): string =>
  `<section><h2>${escapeHtml(title)}</h2>\n${inside}\n</section>`;

/** Sentences as one paragraph; `kind` is its class. */
export const paragraph = (sentences: readonly string[], kind: string): string =>
  `<p class="${kind}">${sentences.map((sentence) => `<span>${escapeHtml(sentence)}</span>`).join(' ')}</p>`;
