import { snakeCase } from '@droplock/rules/letter-case'
import { type Insertable, type RawBuilder, sql } from 'kysely'
import type { BackorderTable } from '../database/tables.gen.ts'

/** What a customer may add to an order, and its column of `backorder`. A new field is one line here. */
const columns = {
  reference: 'reference',
} as const satisfies Readonly<Record<string, keyof BackorderTable>>

type Field = keyof typeof columns

export type OrderFields = {
  readonly [Name in Field]?: NonNullable<Insertable<BackorderTable>[(typeof columns)[Name]]>
}

const fields = Object.keys(columns) as readonly Field[]

/** The columns of `insert into backorder`, in the order of `orderValues`. */
export const orderColumns: RawBuilder<unknown> = sql.join(fields.map((field) => sql.ref(columns[field])))

export function orderValues(order: OrderFields): RawBuilder<unknown> {
  return sql.join(fields.map((field) => sql`${order[field] ?? null}`))
}

/** The values of an order that stands for an expired one, `backorderId`. */
export function orderValuesOf(backorderId: string): RawBuilder<unknown> {
  return sql.join(
    fields.map((field) => sql`(select ${sql.ref(columns[field])} from backorder where id = ${backorderId})`),
  )
}

/** The members of the order's JSON, for `json_build_object` in a statement that reads `backorder`. */
export const orderMembers: RawBuilder<unknown> = sql.join(
  fields.map((field) => sql`${sql.lit(snakeCase(field))}, backorder.${sql.ref(columns[field])}`),
)
