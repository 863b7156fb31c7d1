import type { FromPage, PageState, ToPage } from '../../src/protocol/webview';
import { words } from '../../src/words/say';

interface VsCodeApi {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

type Handlers = {
  readonly [K in ToPage['kind']]?: (message: Extract<ToPage, { kind: K }>) => void;
};

/** The page's side of the wire; one a page. `Ui` is what the page itself wants to keep. */
export interface Connection<Ui> {
  post(message: FromPage): void;
  /** Keeps what the host needs to fill the page again. */
  keep(state: PageState): void;
  ui(): Ui;
  keepUi(ui: Ui): void;
}

/** Must equal `pageProtocolVersion`; the compiler cannot lend values across this wire. */
const version = 1;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Connects to the host, hands its messages to the handlers, and says ready. */
export const connect = <Ui extends object>(handlers: Handlers, ui: Ui): Connection<Ui> => {
  const api = acquireVsCodeApi();
  const kept = (): Record<string, unknown> => {
    const state = api.getState();
    return isRecord(state) ? state : {};
  };
  const handle = (data: unknown): void => {
    if (!isRecord(data) || typeof data['kind'] !== 'string') return;
    const handler = (handlers as Record<string, ((message: unknown) => void) | undefined>)[
      data['kind']
    ];
    handler?.(data);
  };
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    try {
      handle(data);
    } catch (error) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      api.postMessage({ kind: 'page/error', detail });
      // A page that cannot show what it got says so; half of it would mislead.
      document.querySelector('.body')?.replaceChildren(words('pages/broken'));
    }
  });
  // After the caller has its connection: handlers use it.
  queueMicrotask(() => api.postMessage({ kind: 'page/ready', version }));
  const own = kept()['ui'];
  const state: { ui: Ui } = { ui: { ...ui, ...(isRecord(own) ? own : {}) } };
  return {
    post: (message) => api.postMessage(message),
    keep: (page) => api.setState({ ...kept(), ...page }),
    ui: () => state.ui,
    keepUi: (next) => {
      state.ui = next;
      api.setState({ ...kept(), ui: next });
    },
  };
};
