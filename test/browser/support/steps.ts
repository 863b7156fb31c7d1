import { afterAll, test } from 'vitest';
import type { Workbench } from './workbench';

/**
 * Tests of one window that build on each other: after one has failed the rest is skipped, since
 * they could only wait in vain. A failure leaves a picture of the window and the server's last
 * lines. What `atEnd` was given is done after the last test, last first, whatever failed.
 */
export function steps(window: () => Workbench | undefined): {
  step: (title: string, body: () => Promise<void>) => void;
  atEnd: (action: () => Promise<void>) => void;
} {
  const state: { failed?: string } = {};
  const step = (title: string, body: () => Promise<void>): void => {
    test(title, async ({ skip }) => {
      if (state.failed !== undefined) skip(`after the failure of "${state.failed}"`);
      try {
        await body();
      } catch (error) {
        state.failed = title;
        const file = await window()?.picture(`failed ${title}`.replaceAll(/[^a-z]+/gi, '-'));
        const log = window()?.log().split('\n').slice(-15).join('\n');
        process.stderr.write(`Picture of the window: ${file ?? 'none'}\nServer:\n${log ?? ''}\n`);
        throw error;
      }
    });
  };
  const actions: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const action of actions.reverse()) await action();
  });
  return { step, atEnd: (action) => void actions.push(action) };
}
