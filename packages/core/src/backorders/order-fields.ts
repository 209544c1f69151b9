import { type Insertable, type RawBuilder, sql } from 'kysely'
import type { BackorderTable } from '../database/tables.gen.ts'

/** What a customer may add to an order: its column of `backorder`, and that column's type. A new field is one line here. */
const columns = {
  reference: ['reference', 'text'],
  metadata: ['metadata', 'jsonb'],
} as const satisfies Readonly<Record<string, readonly [keyof BackorderTable, string]>>

type Field = keyof typeof columns

export type OrderFields = {
  readonly [Name in Field]?: NonNullable<Insertable<BackorderTable>[(typeof columns)[Name][0]]>
}

const fields = Object.keys(columns) as readonly Field[]

const columnOf = (field: Field) => sql.ref(columns[field][0])

/** The columns of `insert into backorder`, in the order of `orderValues`. */
export const orderColumns: RawBuilder<unknown> = sql.join(fields.map(columnOf))

export function orderValues(order: OrderFields): RawBuilder<unknown> {
  return sql.join(fields.map((field) => sql`${order[field] ?? null}::${sql.raw(columns[field][1])}`))
}

/** The values of an order that stands for an expired one, `backorderId`. */
export function orderValuesOf(backorderId: string): RawBuilder<unknown> {
  return sql.join(
    fields.map((field) => sql`(select ${columnOf(field)} from backorder where id = ${backorderId})`),
  )
}
