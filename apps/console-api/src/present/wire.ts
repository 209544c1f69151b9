/** `dropFrom` → `drop_from`. */
type SnakeCase<Text extends string> = Text extends `${infer Head}${infer Tail}`
  ? Tail extends Uncapitalize<Tail>
    ? `${Uncapitalize<Head>}${SnakeCase<Tail>}`
    : `${Uncapitalize<Head>}_${SnakeCase<Tail>}`
  : Text

/** A value of core as JSON has it: names in snake_case, times as text, what is unknown left out. */
export type Wire<Value> = Value extends null
  ? undefined
  : Value extends Date
    ? string
    : Value extends readonly (infer Item)[]
      ? Wire<Item>[]
      : Value extends object
        ? { [Key in keyof Value & string as SnakeCase<Key>]: Wire<Value[Key]> }
        : Value

/**
 * A value of core on its way out. The contract's schema looks at it once more (`reply`): it drops what the contract does not
 * have. Money is the presenters' own business; a bigint that reaches JSON throws.
 */
export function wire<Value>(value: Value): Wire<Value> {
  // The compiler cannot follow a conditional type through a walk over unknown values.
  return convert(value) as Wire<Value>
}

function convert(value: unknown): unknown {
  if (value === null || value === undefined) return undefined
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(convert)
  if (typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [snakeCase(key), convert(member)]))
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
