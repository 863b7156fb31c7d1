type Primitive = string | number | boolean | bigint | symbol | null | undefined;
/** A type without `readonly` and with intersections made flat, so that two can be compared. */
type Plain<T> = T extends Primitive ? T : { -readonly [K in keyof T]: Plain<T[K]> };
// Only the compiler's identity of generic signatures tells an optional key from a missing one.
/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters */
type Same<A, B> =
  (<T>() => T extends Plain<A> ? 1 : 2) extends <T>() => T extends Plain<B> ? 1 : 2 ? true : false;
/* eslint-enable @typescript-eslint/no-unnecessary-type-parameters */

interface Schema {
  readonly _zod: { readonly output: unknown };
}

/**
 * Holds a run-time schema to the type it stands for: does not compile where the schema's output
 * and T differ in any key, optional ones included. Returns the schema.
 */
export const exactly =
  <T>() =>
  <S extends Schema>(
    schema: S & (Same<S['_zod']['output'], T> extends true ? unknown : 'schema and type differ'),
  ): S =>
    schema;
