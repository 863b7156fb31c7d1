/**
 * A name that a pickle asks Python to import. Here it stays a name: nothing is ever imported or
 * called but the functions the reader was given.
 */
export interface PickleName {
  readonly global: string;
}

/** A reference to something kept outside the pickle, as `torch.save` refers to its numbers. */
export interface PickleReference {
  readonly persistent: PickleValue;
}

/** Bytes of the file itself, not copied. */
export interface PickleBytes {
  readonly bytes: Buffer;
}

export type PickleValue =
  | null
  | boolean
  | number
  | string
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | PickleName
  | PickleReference
  | PickleBytes
  | PickleResult;

/** What an allowed function made. */
export interface PickleResult {
  readonly made: object;
}

export interface PickleRules {
  /** Names that may occur; a function where calling one is allowed, null where it is only a name. */
  readonly allowed: ReadonlyMap<string, ((args: readonly PickleValue[]) => PickleValue) | null>;
  /** Gives what an allowed function made its state; false refuses. None: objects have no state. */
  readonly setState?: (made: object, state: PickleValue) => boolean;
}

/** Why a pickle was not read: the reason is a code, the place a byte of the file. */
export class PickleRefusal extends Error {
  constructor(
    readonly reason: 'damaged' | 'name' | 'instruction',
    readonly at: number,
    readonly what: string,
  ) {
    super(`${reason} at ${at}: ${what}`);
    this.name = 'PickleRefusal';
  }
}

export const isPickleName = (value: PickleValue | undefined): value is PickleName =>
  typeof value === 'object' && value !== null && 'global' in value;

export const isPickleReference = (value: PickleValue | undefined): value is PickleReference =>
  typeof value === 'object' && value !== null && 'persistent' in value;

export const isPickleList = (value: PickleValue | undefined): value is PickleValue[] =>
  Array.isArray(value);

/**
 * Bytes a pickle holds. Python 2 wrote bytes and text alike: short ones are read as text, a letter
 * a byte, and turn back here. null for anything else.
 */
export const pickleBytes = (value: PickleValue | undefined): Buffer | null => {
  if (typeof value === 'string') return Buffer.from(value, 'latin1');
  return typeof value === 'object' && value !== null && 'bytes' in value ? value.bytes : null;
};

/** Text of a string, or of the bytes Python 2 wrote instead of one; null for anything else. */
export const pickleText = (value: PickleValue | undefined): string | null =>
  typeof value === 'string' ? value : (pickleBytes(value)?.toString() ?? null);
