import { money } from '@droplock/rules/money'
import type { Finding } from '@droplock/rules/reconciliation/finding'
import { type Charge, type Entry, matchCharges } from '@droplock/rules/reconciliation/match-charges'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** A name has a few charges. */
const NAMES_PER_PAGE = 500

/**
 * Compares the charges that we booked for a registry account with its account report, a page of names at a time. Both are in the
 * registry's currency.
 */
export async function* matchRegistry(
  db: Kysely<Database>,
  registryAccountId: string,
  due: { readonly dueBefore: Date; readonly speaksFrom?: Date | undefined },
): AsyncGenerator<readonly Finding[]> {
  const missedAlready = await readMissed(db, registryAccountId)
  const terms = { source: registryAccountId, ...due, missedAlready }
  let after = ''
  for (;;) {
    const names = await readNames(db, registryAccountId, after)
    const last = names.at(-1)
    if (last === undefined) return
    const charges = await readCharges(db, registryAccountId, names)
    const entries = await readEntries(db, registryAccountId, names)
    yield names.flatMap((name) => matchCharges(charges.get(name) ?? [], entries.get(name) ?? [], terms))
    after = last
  }
}

async function readMissed(db: Kysely<Database>, registryAccountId: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('reconciliation_item')
    .select('our_id')
    .where('side', '=', 'registry')
    .where('source', '=', registryAccountId)
    .where('kind', '=', 'missing_there')
    .where('closed_at', 'is', null)
    .execute()
  return new Set(rows.flatMap(({ our_id }) => our_id ?? []))
}

async function readNames(
  db: Kysely<Database>,
  registryAccountId: string,
  after: string,
): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    (select distinct name from registry_charge where registry_account_id = ${registryAccountId} and name > ${after}
      order by name limit ${NAMES_PER_PAGE})
    union
    (select distinct name from registry_entry where registry_account_id = ${registryAccountId} and name > ${after}
      order by name limit ${NAMES_PER_PAGE})
    order by name limit ${NAMES_PER_PAGE}`.execute(db)
  return rows.map(({ name }) => name)
}

async function readCharges(
  db: Kysely<Database>,
  registryAccountId: string,
  names: readonly string[],
): Promise<Map<string, Charge[]>> {
  const rows = await db
    .selectFrom('registry_charge')
    .selectAll()
    .where('registry_account_id', '=', registryAccountId)
    .where('name', 'in', names)
    .orderBy('id')
    .execute()
  return Map.groupBy(
    rows.map(
      (row): Charge => ({
        id: row.id,
        kind: row.kind,
        name: row.name,
        amount: money(row.amount_minor, row.currency),
        basis: row.basis,
        chargedAt: row.charged_at,
        svTRID: row.svtrid ?? undefined,
      }),
    ),
    ({ name }) => name,
  )
}

async function readEntries(
  db: Kysely<Database>,
  registryAccountId: string,
  names: readonly string[],
): Promise<Map<string, Entry[]>> {
  const rows = await db
    .selectFrom('registry_entry')
    .selectAll()
    .where('registry_account_id', '=', registryAccountId)
    .where('name', 'in', names)
    .orderBy('id')
    .execute()
  return Map.groupBy(
    rows.map(
      (row): Entry => ({
        line: row.line,
        at: row.at,
        operation: row.operation,
        name: row.name,
        amount: money(row.amount_minor, row.currency),
        svTRID: row.svtrid ?? undefined,
      }),
    ),
    ({ name }) => name,
  )
}
