// Names are written in snake_case in the database and in JSON, and in camelCase in code.

/** `drop_from` → `dropFrom`. */
export type CamelCase<Text extends string> = Text extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Text

export function camelCase<Text extends string>(text: Text): CamelCase<Text> {
  return text.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) as CamelCase<Text>
}

/** An object with its names in camelCase: a row, or a body. What has one more member needs no further line. */
export type CamelCased<Members> = {
  readonly [Name in keyof Members & string as CamelCase<Name>]: Members[Name]
}

export function camelCased<Members extends object>(members: Members): CamelCased<Members> {
  // `fromEntries` forgets its keys; they are those of `members`, in camelCase.
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [camelCase(name), value] as const),
  ) as CamelCased<Members>
}

/** `dropFrom` → `drop_from`. */
export type SnakeCase<Text extends string> = Text extends `${infer Head}${infer Tail}`
  ? Tail extends Uncapitalize<Tail>
    ? `${Uncapitalize<Head>}${SnakeCase<Tail>}`
    : `${Uncapitalize<Head>}_${SnakeCase<Tail>}`
  : Text

export function snakeCase(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
