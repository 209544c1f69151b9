import { type Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Database } from '../../src/database/tables.gen.ts'
import { inTransaction } from '../../src/database/transaction.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { dropConstraint, readConstraints, readRaisedNames } from './catalog.ts'
import { type Fixture, givenFixture, type Violation } from './fixture.ts'
import { accountContactViolations } from './violations/account-contacts.ts'
import { alarmViolations } from './violations/alarms.ts'
import { auditViolations } from './violations/audit.ts'
import { backorderViolations } from './violations/backorders.ts'
import { bankTransferViolations } from './violations/bank-transfers.ts'
import { billingViolations } from './violations/billing.ts'
import { bulkOrderViolations } from './violations/bulk-orders.ts'
import { cardViolations } from './violations/cards.ts'
import { closedAccountViolations } from './violations/closed-accounts.ts'
import { connectionTestViolations } from './violations/connection-tests.ts'
import { contactViolations } from './violations/contacts.ts'
import { disputeViolations } from './violations/disputes.ts'
import { dropListViolations } from './violations/drop-lists.ts'
import { eventViolations } from './violations/events.ts'
import { goodwillViolations } from './violations/goodwill.ts'
import { holdViolations } from './violations/holds.ts'
import { idempotencyViolations } from './violations/idempotency.ts'
import { invoiceViolations } from './violations/invoices.ts'
import { ledgerViolations } from './violations/ledger.ts'
import { listingViolations } from './violations/listings.ts'
import { listViolations } from './violations/lists.ts'
import { manualRefundViolations } from './violations/manual-refunds.ts'
import { memberMailViolations } from './violations/member-mails.ts'
import { memberViolations } from './violations/members.ts'
import { monthViolations } from './violations/months.ts'
import { observedViolations } from './violations/observed.ts'
import { overrideViolations } from './violations/overrides.ts'
import { passwordChangeViolations } from './violations/password-changes.ts'
import { paymentViolations } from './violations/payments.ts'
import { payoutViolations } from './violations/payouts.ts'
import { feeViolations, priceViolations } from './violations/prices.ts'
import { proposalViolations } from './violations/proposals.ts'
import { rateLimitViolations } from './violations/rate-limits.ts'
import { reconciliationViolations } from './violations/reconciliation.ts'
import { registrationViolations } from './violations/registrations.ts'
import { registryViolations } from './violations/registries.ts'
import { registryStatusViolations } from './violations/registry-status.ts'
import { registryStopViolations } from './violations/registry-stops.ts'
import { renewalViolations } from './violations/renewals.ts'
import { sandboxViolations } from './violations/sandbox.ts'
import { scheduleChangeViolations } from './violations/schedule-changes.ts'
import { staffViolations } from './violations/staff.ts'
import { statisticViolations } from './violations/statistics.ts'
import { subAccountViolations } from './violations/sub-accounts.ts'
import { targetViolations } from './violations/targets.ts'
import { tryViolations } from './violations/tries.ts'
import { unrenewedViolations } from './violations/unrenewed.ts'
import { watchViolations } from './violations/watches.ts'
import { withdrawalViolations } from './violations/withdrawals.ts'

/**
 * Every guarantee of the schema is violated on purpose. The write is refused by exactly the named constraint, and is done once that
 * constraint is dropped: so each constraint works, and each is needed.
 */
const violations: readonly Violation[] = [
  ...feeViolations,
  ...priceViolations,
  ...registryViolations,
  ...connectionTestViolations,
  ...contactViolations,
  ...closedAccountViolations,
  ...accountContactViolations,
  ...listViolations,
  ...memberMailViolations,
  ...memberViolations,
  ...monthViolations,
  ...goodwillViolations,
  ...disputeViolations,
  ...payoutViolations,
  ...dropListViolations,
  ...listingViolations,
  ...backorderViolations,
  ...idempotencyViolations,
  ...holdViolations,
  ...paymentViolations,
  ...cardViolations,
  ...ledgerViolations,
  ...bankTransferViolations,
  ...targetViolations,
  ...tryViolations,
  ...passwordChangeViolations,
  ...registryStatusViolations,
  ...registryStopViolations,
  ...statisticViolations,
  ...reconciliationViolations,
  ...renewalViolations,
  ...registrationViolations,
  ...unrenewedViolations,
  ...overrideViolations,
  ...scheduleChangeViolations,
  ...manualRefundViolations,
  ...staffViolations,
  ...auditViolations,
  ...billingViolations,
  ...invoiceViolations,
  ...watchViolations,
  ...subAccountViolations,
  ...bulkOrderViolations,
  ...proposalViolations,
  ...alarmViolations,
  ...eventViolations,
  ...withdrawalViolations,
  ...observedViolations,
  ...rateLimitViolations,
  ...sandboxViolations,
]

for (const violation of violations) {
  const { table, constraint, refusesAs = constraint } = violation
  test(`${violation.guarantee} (${table}: ${refusesAs})`, () =>
    rolledBack(async (tx) => {
      const fixture = await givenFixture(tx)
      for (const [otherTable, other] of violation.backstops ?? []) await dropConstraint(tx, otherTable, other)

      const error = await errorOf(fixture, violation)
      expect(error).toMatchObject({ code: expect.stringMatching(/^23/), constraint: refusesAs })

      await dropConstraint(tx, table, constraint)
      expect(await errorOf(fixture, violation)).toBeUndefined()
    }))
}

/** Run as a transaction of its own, so that deferred constraints are checked at its end. */
function errorOf(fixture: Fixture, violation: Violation): Promise<unknown> {
  return inTransaction(fixture.tx, () => violation.violate(fixture)).then(
    () => undefined,
    (error: unknown) => error,
  )
}

const keyOf = ({ table, name }: { table: string; name: string }) => `${table}: ${name}`
const shown = new Set(violations.map(({ table, constraint }) => keyOf({ table, name: constraint })))

async function constraintsWithoutTest(db: Kysely<Database>): Promise<readonly string[]> {
  const needed = (await readConstraints(db)).filter((constraint) => !constraint.trivial).map(keyOf)
  return needed.filter((key) => !shown.has(key))
}

test('everything in the schema that can refuse has a test', () =>
  rolledBack(async (tx) => {
    expect(await constraintsWithoutTest(tx)).toEqual([])
  }))

test('a new constraint, unique index or trigger without a test is reported', () =>
  rolledBack(async (tx) => {
    await sql`alter table event add constraint new_check check (topic <> '')`.execute(tx)
    await sql`create unique index new_index on event (occurred_at) where position is null`.execute(tx)
    await sql`create trigger new_trigger before delete on event execute function refuse_change()`.execute(tx)
    const missed = await constraintsWithoutTest(tx)
    expect(missed.toSorted()).toEqual(['event: new_check', 'event: new_index', 'event: new_trigger'])
  }))

test('every constraint name that a function raises has a test', () =>
  rolledBack(async (tx) => {
    const tested = new Set<string>(violations.map(({ constraint, refusesAs }) => refusesAs ?? constraint))
    expect((await readRaisedNames(tx)).filter((name) => !tested.has(name))).toEqual([])
  }))
