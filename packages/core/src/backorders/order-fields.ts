import { snakeCase } from '@droplock/rules/letter-case'
import type { Money } from '@droplock/rules/money'
import { type Insertable, type RawBuilder, sql } from 'kysely'
import type { NamedContacts, OrderContacts } from '../account-contacts/of-orders.ts'
import type { BackorderTable } from '../database/tables.gen.ts'

/** What a customer may add to an order: its column of `backorder`, and that column's type. A new field is one line here. */
const columns = {
  reference: ['reference', 'text'],
  metadata: ['metadata', 'jsonb'],
  subAccountId: ['sub_account_id', 'uuid'],
} as const satisfies Readonly<Record<string, readonly [keyof BackorderTable, string]>>

type Field = keyof typeof columns

export type OrderFields = {
  readonly [Name in Field]?: NonNullable<Insertable<BackorderTable>[(typeof columns)[Name][0]]>
}

/** What is ordered, by whichever payment. */
export type NamedOrder = OrderFields &
  NamedContacts & {
    readonly name: string
    /** The order is refused at any other price. */
    readonly expectedPrice?: Money | undefined
  }

/** The same with the versions of the contacts that it names; without any it takes the account's default. */
export type ResolvedOrder = Omit<NamedOrder, keyof NamedContacts> & {
  readonly registerTo?: OrderContacts | undefined
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

/** The members of the order's JSON, for `json_build_object` in a statement that reads `backorder`. */
export const orderMembers: RawBuilder<unknown> = sql.join(
  fields.map((field) => sql`${sql.lit(snakeCase(field))}, backorder.${columnOf(field)}`),
)
