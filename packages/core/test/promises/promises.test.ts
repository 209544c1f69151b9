import { type Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Database } from '../../src/database/tables.gen.ts'
import { inTransaction } from '../../src/database/transaction.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import type { Breach } from './breach.ts'
import { alarmBreaches } from './breaches/alarms.ts'
import { auditBreaches } from './breaches/audit.ts'
import { backorderBreaches } from './breaches/backorders.ts'
import { bankTransferBreaches } from './breaches/bank-transfers.ts'
import { billingBreaches } from './breaches/billing.ts'
import { cardBreaches } from './breaches/cards.ts'
import { contactBreaches } from './breaches/contacts.ts'
import { eventBreaches } from './breaches/events.ts'
import { holdBreaches } from './breaches/holds.ts'
import { invoiceBreaches } from './breaches/invoices.ts'
import { ledgerBreaches } from './breaches/ledger.ts'
import { listingBreaches } from './breaches/listings.ts'
import { listBreaches } from './breaches/lists.ts'
import { manualRefundBreaches } from './breaches/manual-refunds.ts'
import { overrideBreaches } from './breaches/overrides.ts'
import { paymentBreaches } from './breaches/payments.ts'
import { proposalBreaches } from './breaches/proposals.ts'
import { reconciliationBreaches } from './breaches/reconciliation.ts'
import { registryBreaches } from './breaches/registries.ts'
import { renewalBreaches } from './breaches/renewals.ts'
import { staffBreaches } from './breaches/staff.ts'
import { targetBreaches } from './breaches/targets.ts'
import { watchBreaches } from './breaches/watches.ts'
import { dropKeeper, readKeepers, readRaisedNames } from './catalog.ts'
import { givenScene, type Scene } from './scene.ts'

/**
 * Every promise of the schema, broken on purpose: the deed is refused by exactly the named keeper, and with that keeper
 * dropped the same deed in the same world is done. So the refusal is the keeper's own, and each keeper is needed.
 */
const breaches: readonly Breach[] = [
  ...registryBreaches,
  ...contactBreaches,
  ...listBreaches,
  ...listingBreaches,
  ...backorderBreaches,
  ...holdBreaches,
  ...paymentBreaches,
  ...cardBreaches,
  ...ledgerBreaches,
  ...bankTransferBreaches,
  ...targetBreaches,
  ...reconciliationBreaches,
  ...renewalBreaches,
  ...overrideBreaches,
  ...manualRefundBreaches,
  ...staffBreaches,
  ...auditBreaches,
  ...billingBreaches,
  ...invoiceBreaches,
  ...watchBreaches,
  ...proposalBreaches,
  ...alarmBreaches,
  ...eventBreaches,
]

for (const breach of breaches) {
  const { table, keeper, refusesAs = keeper } = breach
  test(`${breach.promise} (${table}: ${refusesAs})`, () =>
    rolledBack(async (tx) => {
      const scene = await givenScene(tx)
      for (const [otherTable, other] of breach.backstops ?? []) await dropKeeper(tx, otherTable, other)

      const error = await errorOf(scene, breach)
      expect(error).toMatchObject({ code: expect.stringMatching(/^23/), constraint: refusesAs })

      await dropKeeper(tx, table, keeper)
      expect(await errorOf(scene, breach)).toBeUndefined()
    }))
}

/** Done like a transaction of its own, so what is promised for commit is checked at its end. */
function errorOf(scene: Scene, breach: Breach): Promise<unknown> {
  return inTransaction(scene.tx, () => breach.deed(scene)).then(
    () => undefined,
    (error: unknown) => error,
  )
}

const keyOf = ({ table, name }: { table: string; name: string }) => `${table}: ${name}`
const shown = new Set(breaches.map(({ table, keeper }) => keyOf({ table, name: keeper })))

async function keepersWithoutTest(db: Kysely<Database>): Promise<readonly string[]> {
  const needed = (await readKeepers(db)).filter((keeper) => !keeper.trivial).map(keyOf)
  return needed.filter((key) => !shown.has(key))
}

test('nothing in the schema can refuse without a test that it does', () =>
  rolledBack(async (tx) => {
    expect(await keepersWithoutTest(tx)).toEqual([])
  }))

test('a constraint, unique index or trigger that is new is missed until it has a test', () =>
  rolledBack(async (tx) => {
    await sql`alter table event add constraint new_check check (topic <> '')`.execute(tx)
    await sql`create unique index new_index on event (occurred_at) where position is null`.execute(tx)
    await sql`create trigger new_trigger before delete on event execute function refuse_change()`.execute(tx)
    const missed = await keepersWithoutTest(tx)
    expect(missed.toSorted()).toEqual(['event: new_check', 'event: new_index', 'event: new_trigger'])
  }))

test('no function of the schema refuses by a name without a test', () =>
  rolledBack(async (tx) => {
    const said = new Set<string>(breaches.map(({ keeper, refusesAs }) => refusesAs ?? keeper))
    expect((await readRaisedNames(tx)).filter((name) => !said.has(name))).toEqual([])
  }))
