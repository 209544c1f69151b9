/** A member deep in a value, or undefined where a step is missing. */
export function memberOf(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce(
    (at: unknown, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    value,
  )
}
