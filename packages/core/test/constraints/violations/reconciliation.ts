import { type Insertable, sql } from 'kysely'
import type {
  ConstraintName,
  ProviderMovementTable,
  ReconciliationItemTable,
  ReconciliationRunTable,
} from '../../../src/database/tables.gen.ts'
import type { Fixture, Violation } from '../fixture.ts'

const AT = new Date('2026-11-24T12:00:00Z')

async function insertRun(fixture: Fixture, changes: Partial<Insertable<ReconciliationRunTable>> = {}) {
  const row = {
    id: fixture.ctx.newId(),
    cause: 'command',
    started_at: AT,
    expires_at: AT,
    finished_at: AT,
    ...changes,
  } as const
  await fixture.tx.insertInto('reconciliation_run').values(row).execute()
  return row.id
}

async function insertMovement(fixture: Fixture, changes: Partial<Insertable<ProviderMovementTable>> = {}) {
  await fixture.tx
    .insertInto('provider_movement')
    .values({
      provider: 'sandbox',
      movement_id: 'txn_1',
      kind: 'payment',
      settled_minor: 1n,
      settled_currency: 'USD',
      fee_minor: 0n,
      fee_currency: 'USD',
      moved_at: AT,
      told_first: 'a test',
      told_last: 'a test',
      first_told_at: AT,
      last_told_at: AT,
      last_told_run: await insertRun(fixture),
      ...changes,
    })
    .execute()
}

async function insertItem(fixture: Fixture, changes: Partial<Insertable<ReconciliationItemTable>> = {}) {
  await fixture.tx
    .insertInto('reconciliation_item')
    .values({
      id: fixture.ctx.newId(),
      side: 'provider',
      source: 'sandbox',
      kind: 'altered',
      subject: 'txn_1',
      their_ids: [],
      detail: 'a test',
      first_seen_at: AT,
      last_seen_at: AT,
      last_seen_run: await insertRun(fixture),
      ...changes,
    })
    .execute()
}

/** An item changed by SQL, so that it can have values that the schema does not know. */
const item = (constraint: ConstraintName, guarantee: string, change: string): Violation => ({
  table: 'reconciliation_item',
  constraint,
  guarantee,
  violate: async (fixture) => {
    await insertItem(fixture)
    await sql`update reconciliation_item set ${sql.raw(change)}`.execute(fixture.tx)
  },
})

export const reconciliationViolations: readonly Violation[] = [
  {
    table: 'reconciliation_run',
    constraint: 'reconciliation_cause_known',
    guarantee: 'a reconciliation is daily or started by a person',
    violate: async (fixture) => {
      await insertRun(fixture)
      await sql`update reconciliation_run set cause = 'boredom'`.execute(fixture.tx)
    },
  },
  {
    table: 'reconciliation_run',
    constraint: 'daily_run_has_a_day',
    guarantee: 'a daily reconciliation is of a day',
    violate: (fixture) => insertRun(fixture, { cause: 'daily' }),
  },
  {
    table: 'reconciliation_run',
    constraint: 'failed_run_has_ended',
    guarantee: 'a reconciliation that failed has ended',
    violate: (fixture) => insertRun(fixture, { failure: 'a test', finished_at: null }),
  },
  {
    table: 'reconciliation_run',
    constraint: 'one_reconciliation_at_a_time',
    guarantee: 'one reconciliation runs at a time',
    violate: async (fixture) => {
      await insertRun(fixture, { finished_at: null })
      await insertRun(fixture, { finished_at: null })
    },
  },
  {
    table: 'reconciliation_run',
    constraint: 'one_reconciliation_per_day',
    guarantee: 'a day is reconciled once',
    violate: async (fixture) => {
      const daily = { cause: 'daily', service_day: '2026-11-24' } as const
      await insertRun(fixture, daily)
      await insertRun(fixture, daily)
    },
  },
  {
    table: 'provider_movement',
    constraint: 'provider_movement_known',
    guarantee: 'a movement at the provider is of a known kind',
    violate: async (fixture) => {
      await insertMovement(fixture)
      await sql`update provider_movement set kind = 'earthquake'`.execute(fixture.tx)
    },
  },
  {
    table: 'provider_movement',
    constraint: 'movement_amount_has_currency',
    guarantee: 'an amount that the customer saw has a currency',
    violate: (fixture) => insertMovement(fixture, { amount_minor: 1n }),
  },
  {
    table: 'provider_movement',
    constraint: 'provider_movement_pkey',
    guarantee: 'a movement is recorded once',
    backstops: [['provider_booking', 'booking_is_of_a_movement']],
    violate: async (fixture) => {
      await insertMovement(fixture)
      await insertMovement(fixture)
    },
  },
  item('reconciliation_side_known', 'a finding is of a known side', `side = 'dark'`),
  item('reconciliation_kind_known', 'a finding is of a known kind', `kind = 'odd'`),
  item('our_subject_is_whole', 'what a finding is of has type and id', `our_id = 'one'`),
  item('our_amount_has_currency', 'our amount has a currency', 'ours_minor = 1'),
  item('their_amount_has_currency', 'their amount has a currency', 'theirs_minor = 1'),
  item('closed_item_says_why', 'no finding is closed without a word', 'closed_at = clock_timestamp()'),
  {
    table: 'reconciliation_item',
    constraint: 'open_item_has_no_closer',
    guarantee: 'an open finding has no closer',
    violate: (fixture) => insertItem(fixture, { closed_by: fixture.staffId }),
  },
  {
    table: 'reconciliation_item',
    constraint: 'one_open_item_per_finding',
    guarantee: 'a finding has one open item',
    violate: async (fixture) => {
      await insertItem(fixture)
      await insertItem(fixture)
    },
  },
]
