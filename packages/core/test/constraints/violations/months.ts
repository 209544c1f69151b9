import { sql } from 'kysely'
import type { Fixture, Violation } from '../fixture.ts'
import { insertPostings } from '../rows.ts'

const AT = new Date('2020-02-10T00:00:00Z')

export const monthViolations: readonly Violation[] = [
  {
    table: 'closed_month',
    constraint: 'closed_month_is_a_month',
    guarantee: 'a closed month is a month in UTC',
    violate: (fixture) => insertMonth(fixture, { month: '2020-01-02' }),
  },
  {
    table: 'closed_month',
    constraint: 'only_a_past_month_is_closed',
    guarantee: 'a month is closed when it is over',
    violate: (fixture) => insertMonth(fixture, { closedAt: new Date('2020-01-31T23:59:00Z') }),
  },
  {
    table: 'closed_month',
    constraint: 'closed_month_has_a_hash',
    guarantee: 'a closed month has a hash of its balances',
    violate: (fixture) => insertMonth(fixture, { sha256: Buffer.alloc(31) }),
  },
  {
    table: 'closed_month',
    constraint: 'one_month_per_proposal',
    guarantee: 'a proposal closes one month',
    violate: async (fixture) => {
      const proposalId = await insertProposal(fixture)
      await insertMonth(fixture, { proposalId })
      await insertMonth(fixture, { month: '2020-02-01', closedAt: new Date('2020-03-10'), proposalId })
    },
  },
  {
    table: 'closed_month',
    constraint: 'months_close_in_order',
    guarantee: 'months are closed one after another',
    violate: async (fixture) => {
      await insertMonth(fixture)
      await insertMonth(fixture, { month: '2020-03-01', closedAt: new Date('2020-04-10') })
    },
  },
  {
    table: 'posting',
    constraint: 'nothing_is_posted_in_a_closed_month',
    guarantee: 'nothing is posted in a closed month',
    violate: async (fixture) => {
      await insertMonth(fixture)
      const posted_at = new Date('2020-01-31T23:59:59Z')
      await insertPostings(fixture, [
        { ledger_account: 'revenue', amount_minor: 1n, posted_at },
        { ledger_account: 'provider_clearing', amount_minor: -1n, posted_at },
      ])
    },
  },
  {
    table: 'closed_month',
    constraint: 'closed_month_is_final',
    guarantee: 'a closed month is never opened again',
    violate: async (fixture) => {
      await insertMonth(fixture)
      await sql`delete from closed_month`.execute(fixture.tx)
    },
  },
  {
    table: 'closed_balance',
    constraint: 'closed_balance_pkey',
    guarantee: 'a closed month has one balance for each ledger account and currency',
    violate: async (fixture) => {
      await insertMonth(fixture)
      await insertBalance(fixture)
      await insertBalance(fixture)
    },
  },
  {
    table: 'closed_balance',
    constraint: 'closing_balance_follows',
    guarantee: 'a closing balance is the opening balance and the moves of the month',
    violate: async (fixture) => {
      await insertMonth(fixture)
      await insertBalance(fixture, { closing: 2 })
    },
  },
  {
    table: 'closed_balance',
    constraint: 'month_moves_are_not_negative',
    guarantee: 'debits and credits are not negative',
    violate: async (fixture) => {
      await insertMonth(fixture)
      await insertBalance(fixture, { credit: -1, closing: -1 })
    },
  },
  {
    table: 'closed_balance',
    constraint: 'closed_balance_is_final',
    guarantee: 'the balances of a closed month never change',
    violate: async (fixture) => {
      await insertMonth(fixture)
      await insertBalance(fixture)
      await sql`update closed_balance set postings = 7`.execute(fixture.tx)
    },
  },
  {
    table: 'closed_balance',
    constraint: 'closed_balance_is_never_truncated',
    guarantee: 'the balances of closed months are never emptied',
    violate: ({ tx }) => sql`truncate closed_balance`.execute(tx),
  },
  {
    table: 'closed_month_item',
    constraint: 'closed_month_item_known',
    guarantee: 'an open item of a closed month is of a known kind',
    violate: (fixture) => insertItem(fixture, { kind: 'mystery' }),
  },
  {
    table: 'closed_month_item',
    constraint: 'open_item_is_explained',
    guarantee: 'a month is closed with an open item only for a reason',
    violate: (fixture) => insertItem(fixture, { explanation: ' ' }),
  },
  {
    table: 'closed_month_item',
    constraint: 'closed_month_item_pkey',
    guarantee: 'an open item is explained once',
    violate: async (fixture) => {
      const item = { id: fixture.ctx.newId() }
      await insertItem(fixture, item)
      await insertItem(fixture, { ...item, isSecond: true })
    },
  },
  {
    table: 'closed_month_item',
    constraint: 'closed_month_item_is_final',
    guarantee: 'what was open at a close is kept',
    violate: async (fixture) => {
      await insertItem(fixture)
      await sql`delete from closed_month_item`.execute(fixture.tx)
    },
  },
  {
    table: 'closed_month_item',
    constraint: 'closed_month_item_is_never_truncated',
    guarantee: 'what was open at closes is never emptied',
    violate: ({ tx }) => sql`truncate closed_month_item`.execute(tx),
  },
]

async function insertProposal({ tx, ctx, staffId }: Fixture): Promise<string> {
  const id = ctx.newId()
  await sql`insert into proposal (id, kind, subject, terms, reason, state, proposed_by, proposed_at, expires_at)
    values (${id}, 'month_close', ${id}, '{}', 'a test', 'proposed', ${staffId}, ${AT}, ${AT})`.execute(tx)
  return id
}

type Month = {
  readonly month?: string
  readonly closedAt?: Date
  readonly sha256?: Buffer
  readonly proposalId?: string
}

async function insertMonth(fixture: Fixture, changes: Month = {}): Promise<void> {
  const { month = '2020-01-01', closedAt = AT, sha256 = Buffer.alloc(32) } = changes
  const proposalId = changes.proposalId ?? (await insertProposal(fixture))
  await sql`insert into closed_month (month, ends_at, proposal_id, closed_at, sha256)
    values (${month}::date, (date_trunc('month', ${month}::date) + interval '1 month') at time zone 'UTC', ${proposalId},
      ${closedAt}, ${sha256})`.execute(fixture.tx)
}

async function insertBalance({ tx }: Fixture, { credit = 1, closing = 1 } = {}): Promise<void> {
  await sql`insert into closed_balance (month, currency, ledger_account, opening_minor, debit_minor, credit_minor, closing_minor,
      postings)
    values ('2020-01-01', 'USD', 'revenue', 0, 0, ${credit}, ${closing}, 1)`.execute(tx)
}

type Item = {
  readonly kind?: string
  readonly id?: string
  readonly explanation?: string
  readonly isSecond?: boolean
}

async function insertItem(fixture: Fixture, item: Item = {}): Promise<void> {
  const { kind = 'refund', id = fixture.ctx.newId(), explanation = 'a reason', isSecond = false } = item
  if (!isSecond) await insertMonth(fixture)
  await sql`insert into closed_month_item (month, kind, item_id, explanation)
    values ('2020-01-01', ${kind}, ${id}, ${explanation})`.execute(fixture.tx)
}
