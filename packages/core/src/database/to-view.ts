import { type CamelCase, camelCase } from '@droplock/rules/letter-case'

/** A row with its columns in camelCase. A view that is made so has a new column without another line. */
export type View<Row> = { readonly [Column in keyof Row & string as CamelCase<Column>]: Row[Column] }

export function toView<Row extends object>(row: Row): View<Row> {
  // `fromEntries` forgets its keys; they are those of the row, in camelCase.
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [camelCase(column), value] as const),
  ) as View<Row>
}
