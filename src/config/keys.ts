import * as z from 'zod/mini';
import { configSchema } from './schema';

/** A place in a config: keys and list positions from the root. */
export type KeyPath = readonly (string | number)[];

/** A key path as people write it: `stages[0].loss.tau`; `(top)` for the whole file. */
export const showPath = (path: KeyPath): string =>
  path.length === 0
    ? '(top)'
    : path
        .map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`))
        .join('');

/** A schema without its optional and default wrappers. */
const bare = (schema: z.core.$ZodType): z.core.$ZodType => {
  let inner = schema;
  while (
    inner instanceof z.ZodMiniOptional ||
    inner instanceof z.ZodMiniDefault ||
    inner instanceof z.ZodMiniPrefault
  )
    inner = inner._zod.def.innerType;
  return inner;
};

const shapeOf = (schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> =>
  schema instanceof z.ZodMiniObject ? schema.shape : {};

const kindOf = (option: z.core.$ZodType): unknown => {
  const field = shapeOf(option)['kind'];
  const kind = field === undefined ? undefined : bare(field);
  return kind instanceof z.ZodMiniLiteral ? kind._zod.def.values[0] : undefined;
};

// By the definition's word: `instanceof` a class of `z.core` would bundle all of it.
const isUnion = (schema: z.core.$ZodType): schema is z.core.$ZodUnion =>
  schema._zod.def.type === 'union';

/** The branches of a schema that fit the value's `kind`; all of them where none does. */
const branches = (schema: z.core.$ZodType, value: unknown): readonly z.core.$ZodType[] => {
  const inner = bare(schema);
  if (!isUnion(inner)) return [inner];
  const options = inner._zod.def.options.map(bare);
  const kind =
    typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
  const fitting = options.filter((option) => kind !== undefined && kindOf(option) === kind);
  return (fitting.length > 0 ? fitting : options).flatMap((option) => branches(option, value));
};

const childValue = (value: unknown, key: string | number): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === String(key))?.[1]
    : undefined;

/** The keys that may stand at a place, chosen by the `kind` written there. Empty where any key may. */
export const knownKeys = (
  path: KeyPath,
  value: unknown,
  schema: z.core.$ZodType = configSchema,
): readonly string[] => {
  let here: readonly z.core.$ZodType[] = branches(schema, value);
  let at = value;
  for (const part of path) {
    at = childValue(at, part);
    here = here.flatMap((one) => {
      const field = shapeOf(one)[part];
      if (field !== undefined) return branches(field, at);
      if (one instanceof z.ZodMiniRecord) return branches(one._zod.def.valueType, at);
      return one instanceof z.ZodMiniArray ? branches(bare(one._zod.def.element), at) : [];
    });
  }
  return [...new Set(here.flatMap((one) => Object.keys(shapeOf(one))))];
};
