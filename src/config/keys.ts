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

/** What a value of a schema may hold under a key or list position. */
const childOf = (schema: z.core.$ZodType, part: string | number): readonly z.core.$ZodType[] => {
  const field = shapeOf(schema)[part];
  if (field !== undefined) return [field];
  if (schema instanceof z.ZodMiniArray) return [schema._zod.def.element];
  if (schema instanceof z.ZodMiniRecord) return [schema._zod.def.valueType];
  if (schema instanceof z.ZodMiniTuple)
    return schema._zod.def.items.slice(Number(part)).slice(0, 1);
  return [];
};

/** The schemas a place may have, with their wrappers, chosen by the `kind`s written on the way. */
export const schemasAt = (
  path: KeyPath,
  value: unknown,
  root: z.core.$ZodType = configSchema,
): readonly z.core.$ZodType[] => {
  let here: readonly z.core.$ZodType[] = [root];
  let at = value;
  for (const part of path) {
    const parent = at;
    at = childValue(at, part);
    here = here.flatMap((schema) =>
      branches(schema, parent).flatMap((branch) => childOf(branch, part)),
    );
  }
  return here;
};

/** The value a schema stands for where nothing is written; undefined where it has to be. */
const defaultOf = (schema: z.core.$ZodType): unknown =>
  schema instanceof z.ZodMiniDefault || schema instanceof z.ZodMiniPrefault
    ? schema._zod.def.defaultValue
    : undefined;

/** One key that may stand somewhere. */
export interface KnownKey {
  readonly name: string;
  readonly required: boolean;
  /** Undefined where there is none. */
  readonly default: unknown;
  /** What its value is, as far as completion cares. */
  readonly holds: 'map' | 'kind' | 'list' | 'value';
}

const holdsOf = (schema: z.core.$ZodType): KnownKey['holds'] => {
  const inner = bare(schema);
  if (inner instanceof z.ZodMiniArray || inner instanceof z.ZodMiniTuple) return 'list';
  if (inner instanceof z.ZodMiniObject) return Object.hasOwn(inner.shape, 'kind') ? 'kind' : 'map';
  if (!isUnion(inner)) return inner instanceof z.ZodMiniRecord ? 'map' : 'value';
  return inner._zod.def.options.every((option) => kindOf(bare(option)) !== undefined)
    ? 'kind'
    : 'value';
};

/** The keys of a place with what is known of each, chosen by the `kind` written there. */
export const keysAt = (
  path: KeyPath,
  value: unknown,
  root: z.core.$ZodType = configSchema,
): readonly KnownKey[] => {
  const written = path.reduce<unknown>(childValue, value);
  const found = new Map<string, KnownKey>();
  for (const schema of schemasAt(path, value, root))
    for (const branch of branches(schema, written))
      for (const [name, field] of Object.entries(shapeOf(branch))) {
        if (found.has(name)) continue;
        const isOptional = field instanceof z.ZodMiniOptional || defaultOf(field) !== undefined;
        found.set(name, {
          name,
          required: !isOptional,
          default: defaultOf(field),
          holds: holdsOf(field),
        });
      }
  return [...found.values()];
};

/** The words and numbers a schema lists one by one. */
const listed = (schema: z.core.$ZodType): readonly (string | number | boolean)[] => {
  const inner = bare(schema);
  if (isUnion(inner)) {
    const kinds = inner._zod.def.options.map(bare).filter((one) => kindOf(one) === undefined);
    return kinds.flatMap(listed);
  }
  if (inner instanceof z.ZodMiniBoolean) return [true, false];
  const values: readonly unknown[] =
    inner instanceof z.ZodMiniLiteral
      ? inner._zod.def.values
      : inner instanceof z.ZodMiniEnum
        ? Object.values(inner._zod.def.entries)
        : [];
  return values.filter(
    (one) => typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean',
  );
};

/** The values a place lists one by one; for a `kind`, those of every branch. */
export const valuesAt = (path: KeyPath, value: unknown): readonly (string | number | boolean)[] => {
  // What kind is written must not hide the others.
  const isKind = path.at(-1) === 'kind';
  const parents = isKind ? schemasAt(path.slice(0, -1), value) : [];
  const schemas = isKind
    ? parents
        .flatMap((schema) => branches(schema, undefined))
        .flatMap((branch) => childOf(branch, 'kind'))
    : schemasAt(path, value);
  return [...new Set(schemas.flatMap(listed))];
};

/** The default of a place; undefined where it has none. */
export const defaultAt = (path: KeyPath, value: unknown): unknown =>
  schemasAt(path, value)
    .map(defaultOf)
    .find((one) => one !== undefined);

/** The keys that may stand at a place, chosen by the `kind` written there. Empty where any key may. */
export const knownKeys = (
  path: KeyPath,
  value: unknown,
  root: z.core.$ZodType = configSchema,
): readonly string[] => keysAt(path, value, root).map(({ name }) => name);
