/**
 * Does what was asked for once what stands now is painted: letters show while their result is on its
 * way. Asked again meanwhile it is done once, with what is newest then.
 */
export const afterPaint = (action: () => void): (() => void) => {
  const state = { waits: false };
  const act = (): void => {
    state.waits = false;
    action();
  };
  return () => {
    if (state.waits) return;
    state.waits = true;
    requestAnimationFrame(() => setTimeout(act));
  };
};
