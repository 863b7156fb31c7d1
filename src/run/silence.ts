/** How often a parent looks whether its child is still there. */
export const lookEveryMs = 5000;

/** The time that a child has been silent while this process was awake. */
export interface Silence {
  /** The child gave a sign of life. */
  heard(): void;
  /** Called every `lookEveryMs`; gives the milliseconds of silence. */
  look(): number;
}

/** A machine that slept for a night has heard nothing, and nothing is wrong: a look counts for two at most. */
export const createSilence = (now: () => number = Date.now): Silence => {
  let silentMs = 0;
  let lastLook = now();
  return {
    heard: () => {
      silentMs = 0;
    },
    look: () => {
      silentMs += Math.min(now() - lastLook, 2 * lookEveryMs);
      lastLook = now();
      return silentMs;
    },
  };
};
