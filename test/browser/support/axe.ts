import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, Result } from 'axe-core';
import type { Frame } from 'playwright-core';

/**
 * Accessibility violations of the page in the frame, one readable paragraph each; empty when
 * there is none. axe goes in as a script evaluated by the browser's debugger, which a strict
 * content security policy does not forbid (a script tag it would).
 */
export async function accessibilityViolations(frame: Frame): Promise<string[]> {
  const source = await readFile(
    createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
    'utf8',
  );
  await frame.evaluate(source);
  // The page is transparent and the editor's colour lies behind its frame, where axe cannot see it.
  await frame.evaluate(() => {
    document.documentElement.style.backgroundColor = 'var(--vscode-editor-background)';
  });
  const results = await frame.evaluate<AxeResults>('globalThis.axe.run()');
  await frame.evaluate(() => document.documentElement.style.removeProperty('background-color'));
  if (results.passes.length === 0) throw new Error('axe checked nothing: the page is empty.');
  return results.violations.map(describe);
}

function describe({ id, impact, help, nodes }: Result): string {
  const places = nodes.map((node) => {
    const summary = (node.failureSummary ?? '').replaceAll(/\s*\n\s*/g, ' ');
    return `  at ${node.target.join(' ')}\n    ${node.html.slice(0, 160)}\n    ${summary}`;
  });
  return `${id} (${impact ?? 'unknown'}): ${help}\n${places.join('\n')}`;
}
