/** A feature's value as the text a model is given; '' for what is missing or no single value. */
export const featureText = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
      ? String(value)
      : '';
