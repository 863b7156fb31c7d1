import type { Column, Roles } from './roles';

/** Columns that say with 0 and 1 whether a row is of a class; -1 stands for "not certain". */
export interface FlagColumns {
  readonly columns: readonly number[];
  /** Whether rows have exactly one. */
  readonly isSingle: boolean;
}

const most = 4096;
const on = /^(?:1(?:\.0+)?|true|yes)$/i;
const off = /^(?:0(?:\.0+)?|false|no)$/i;
const uncertain = /^-1(?:\.0+)?$/;

/** What a flag's cell says. */
export const flagOf = (cell: string): 'on' | 'off' | 'uncertain' => {
  const text = cell.trim();
  if (on.test(text)) return 'on';
  return uncertain.test(text) ? 'uncertain' : 'off';
};

const isFlag = ({ values, distinct }: Column): boolean =>
  values.length > 0 &&
  distinct <= 3 &&
  values.every((value) => on.test(value) || off.test(value) || uncertain.test(value));

const isRest = ({ values, distinct }: Column): boolean =>
  distinct === values.length || values.some((value) => value.length > 40 && value.includes(' '));

/**
 * Two columns of flags or more, where no column is a label by its name: beside pictures whatever
 * else there is, else only where everything else is texts and ids, since features are flags too.
 */
export const flagColumns = (roles: Roles, hasPictures: boolean): FlagColumns | null => {
  if (!roles.header || roles.labelBy === 'user' || roles.labelBy === 'name') return null;
  const open = roles.columns.filter(({ index }) => index !== roles.path && index !== roles.split);
  const flags = open.filter(isFlag);
  if (flags.length < 2 || flags.length > most) return null;
  const others = open.filter((column) => !flags.includes(column) && column.values.length > 0);
  if (!hasPictures && !others.every(isRest)) return null;
  const rows = Math.max(...flags.map(({ values }) => values.length));
  const isWhole = flags.every(({ values }) => values.length === rows);
  const perRow = (row: number): number =>
    flags.filter(({ values }) => flagOf(values[row] ?? '') === 'on').length;
  const isSingle =
    isWhole && Array.from({ length: rows }, (_, row) => perRow(row)).every((n) => n === 1);
  return { columns: flags.map(({ index }) => index), isSingle };
};
