import { sql } from 'kysely'
import type { ConstraintName } from '../../../src/database/tables.gen.ts'
import type { Fixture, Violation } from '../fixture.ts'
import { insertPostings } from '../rows.ts'

const AT = new Date('2026-11-24T12:00:00Z')

async function insertPayout({ tx, ctx }: Fixture, providerId = 'po_1'): Promise<string> {
  const id = ctx.newId()
  await sql`insert into payout (id, provider, provider_payout_id, state, amount_minor, currency, made_at, arrives_at, is_itemised)
    values (${id}, 'sandbox', ${providerId}, 'paid', 100, 'USD', ${AT}, ${AT}, false)`.execute(tx)
  return id
}

const match = ({ staffId }: Fixture) =>
  sql`bank_reference = 'PO4711', bank_date = '2026-11-24', matched_by = ${staffId}, matched_at = ${AT}`

/** A payout changed by SQL, so that it can have values that the schema does not know. */
const payout = (constraint: ConstraintName, guarantee: string, change: string): Violation => ({
  table: 'payout',
  constraint,
  guarantee,
  violate: async (fixture) => {
    await insertPayout(fixture)
    await sql`update payout set ${sql.raw(change)}`.execute(fixture.tx)
  },
})

async function insertRun({ tx, ctx }: Fixture, finishedAt: Date | null = AT): Promise<string> {
  const id = ctx.newId()
  await sql`insert into reconciliation_run (id, cause, started_at, expires_at, finished_at)
    values (${id}, 'command', ${AT}, ${AT}, ${finishedAt})`.execute(tx)
  return id
}

/** A movement with a fee of 30, which is booked with its postings. */
async function insertBooked(fixture: Fixture): Promise<string> {
  const { tx, ctx } = fixture
  const run = await insertRun(fixture)
  await sql`insert into provider_movement (provider, movement_id, kind, settled_minor, settled_currency, fee_minor, fee_currency,
      moved_at, told_first, told_last, first_told_at, last_told_at, last_told_run)
    values ('sandbox', 'txn_1', 'fee', -30, 'USD', 0, 'USD', ${AT}, 'a test', 'a test', ${AT}, ${AT}, ${run})`.execute(
    tx,
  )
  const id = ctx.newId()
  await insertBooking(fixture, id)
  await insertPostings(fixture, feeLines(id, 30n))
  return id
}

const insertBooking = ({ tx }: Fixture, id: string, kind = 'provider_fee', movement = 'txn_1', minor = -30) =>
  sql`insert into provider_booking (id, provider, movement_id, kind, amount_minor, currency, booked_at)
    values (${id}, 'sandbox', ${movement}, ${kind}, ${minor}, 'USD', ${AT})`.execute(tx)

const feeLines = (id: string, minor: bigint) =>
  [
    { cause: 'provider_fee', cause_id: id, ledger_account: 'provider_fees', amount_minor: -minor },
    { cause: 'provider_fee', cause_id: id, ledger_account: 'provider_clearing', amount_minor: minor },
  ] as const

/** Deferred constraints are checked now, so that only the next statement can violate one. */
const checkUntilHere = ({ tx }: Fixture) => sql`set constraints all immediate`.execute(tx)

export const payoutViolations: readonly Violation[] = [
  payout('payout_state_known', 'a payout has a known state', `state = 'spent'`),
  payout('payout_not_zero', 'a payout pays something', 'amount_minor = 0'),
  payout('payout_version_positive', 'a payout has a version', 'version = 0'),
  payout(
    'only_itemised_has_movements',
    'only what is itemised is known by its parts',
    'itemised_at = made_at',
  ),
  payout(
    'payout_match_is_whole',
    'a match has a reference, a date and a person',
    `bank_reference = 'PO4711'`,
  ),
  {
    table: 'payout',
    constraint: 'bank_line_is_named',
    guarantee: 'a line of a bank statement has a reference',
    violate: async (fixture) => {
      await insertPayout(fixture)
      await sql`update payout set ${match(fixture)} where bank_reference is null`.execute(fixture.tx)
      await sql`update payout set bank_reference = ' '`.execute(fixture.tx)
    },
  },
  {
    table: 'payout',
    constraint: 'payout_unique',
    guarantee: 'a payout of the provider is known once',
    violate: async (fixture) => {
      await insertPayout(fixture)
      await insertPayout(fixture)
    },
  },
  {
    table: 'payout',
    constraint: 'one_payout_per_bank_line',
    guarantee: 'a line of a bank statement is one payout',
    violate: async (fixture) => {
      await insertPayout(fixture)
      await insertPayout(fixture, 'po_2')
      await sql`update payout set ${match(fixture)}`.execute(fixture.tx)
    },
  },
  {
    table: 'provider_booking',
    constraint: 'provider_booking_known',
    guarantee: 'a booking has a known kind',
    backstops: [['provider_booking', 'provider_booking_is_in_the_ledger']],
    violate: async (fixture) => {
      await insertBooked(fixture)
      await insertBooking(fixture, fixture.ctx.newId(), 'tip')
    },
  },
  {
    table: 'provider_booking',
    constraint: 'provider_booking_not_zero',
    guarantee: 'a booking moves something',
    backstops: [['provider_booking', 'provider_booking_is_in_the_ledger']],
    violate: async (fixture) => {
      await insertBooked(fixture)
      await insertBooking(fixture, fixture.ctx.newId(), 'payout', 'txn_1', 0)
    },
  },
  {
    table: 'provider_booking',
    constraint: 'booking_is_of_a_movement',
    guarantee: 'a booking is of a movement that the provider reported',
    backstops: [['provider_booking', 'provider_booking_is_in_the_ledger']],
    violate: (fixture) => insertBooking(fixture, fixture.ctx.newId(), 'provider_fee', 'txn_9'),
  },
  {
    table: 'provider_booking',
    constraint: 'one_booking_of_a_kind_per_movement',
    guarantee: 'a fee is booked once',
    backstops: [['provider_booking', 'provider_booking_is_in_the_ledger']],
    violate: async (fixture) => {
      await insertBooked(fixture)
      await insertBooking(fixture, fixture.ctx.newId())
    },
  },
  {
    table: 'provider_booking',
    constraint: 'provider_booking_is_final',
    guarantee: 'a booking never changes',
    violate: async (fixture) => {
      await insertBooked(fixture)
      await sql`update provider_booking set booked_at = clock_timestamp()`.execute(fixture.tx)
    },
  },
  {
    table: 'provider_booking',
    constraint: 'provider_booking_is_in_the_ledger',
    guarantee: 'what is booked is in the ledger',
    violate: async (fixture) => {
      await insertBooked(fixture)
      await checkUntilHere(fixture)
      await insertBooking(fixture, fixture.ctx.newId(), 'payout')
    },
  },
  {
    table: 'posting',
    constraint: 'provider_posting_is_a_booking',
    guarantee: 'what is posted as a fee is what the provider reported',
    violate: async (fixture) => {
      await insertBooked(fixture)
      await checkUntilHere(fixture)
      await insertPostings(fixture, feeLines(fixture.ctx.newId(), 31n))
    },
  },
  {
    table: 'reconciliation_run',
    constraint: 'reconciliation_step_known',
    guarantee: 'a reconciliation is at a known step',
    violate: async (fixture) => {
      await insertRun(fixture, null)
      await sql`update reconciliation_run set step = 'lunch'`.execute(fixture.tx)
    },
  },
  {
    table: 'reconciliation_run',
    constraint: 'only_a_running_reconciliation_has_a_step',
    guarantee: 'a reconciliation that has ended is at no step',
    violate: async (fixture) => {
      await insertRun(fixture)
      await sql`update reconciliation_run set step = 'books'`.execute(fixture.tx)
    },
  },
  {
    table: 'reconciliation_balance',
    constraint: 'reconciliation_balance_pkey',
    guarantee: 'a run has one balance of a currency',
    violate: async (fixture) => {
      await insertBalance(fixture)
      await sql`insert into reconciliation_balance select * from reconciliation_balance`.execute(fixture.tx)
    },
  },
  {
    table: 'reconciliation_balance',
    constraint: 'reconciliation_balance_is_final',
    guarantee: 'the balance of a run never changes',
    violate: async (fixture) => {
      await insertBalance(fixture)
      await sql`update reconciliation_balance set held_minor = 2`.execute(fixture.tx)
    },
  },
]

async function insertBalance(fixture: Fixture): Promise<void> {
  await sql`insert into reconciliation_balance (run_id, currency, held_minor, clearing_minor, pending_minor)
    values (${await insertRun(fixture)}, 'USD', 1, 1, 0)`.execute(fixture.tx)
}
