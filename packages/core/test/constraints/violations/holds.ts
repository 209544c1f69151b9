import { sql } from 'kysely'
import type { Fixture, Violation } from '../fixture.ts'
import { insertBackorder, insertUnpaid } from '../rows.ts'

const later = new Date('2026-11-24T13:00:00Z')

/** An unpaid hold that has ended, unless `changes` says otherwise. */
const insertHold = (fixture: Fixture, changes: Parameters<typeof insertBackorder>[1] = {}) =>
  insertBackorder(fixture, {
    state: 'expired',
    pay_by: later,
    secured_at: null,
    failure_reason: null,
    expired_reason: 'lapsed',
    ...changes,
  })

/** In the future on every day on which the test runs. */
const nextYear = () => new Date(Date.now() + 365 * 86_400_000)

const open = { state: 'pending_payment', decided_at: null, expired_reason: null } as const

export const holdViolations: readonly Violation[] = [
  {
    table: 'backorder',
    constraint: 'only_a_lapsed_order_is_reclaimed',
    guarantee: 'an order that its customer released is not reclaimed by a late payment',
    violate: async (fixture) => {
      const released = await insertHold(fixture, { expired_reason: 'released' })
      await insertBackorder(fixture, { reclaims: released })
    },
  },
  {
    table: 'backorder',
    constraint: 'one_hold_per_listing',
    guarantee: 'a listing is held unpaid once in its cycle, however that ended',
    violate: async (fixture) => {
      await insertHold(fixture)
      await insertHold(fixture)
    },
  },
  {
    table: 'backorder',
    constraint: 'open_holds_within_limit',
    guarantee: 'an account has at most the allowed number of open holds',
    violate: async (fixture) => {
      await sql`update account set open_holds_max = 1`.execute(fixture.tx)
      await insertHold(fixture, open)
      await insertHold(fixture, { ...open, name: 'another.test', listing_id: fixture.held.listingId })
    },
    // The fixture has few listings, and one is sold already, which is not tested here.
    backstops: [
      ['backorder', 'one_backorder_per_listing'],
      ['backorder', 'backorder_is_of_its_listing'],
    ],
  },
  {
    table: 'account',
    constraint: 'open_holds_max_positive',
    guarantee: 'an account may have at least one open hold',
    violate: ({ tx }) => sql`update account set open_holds_max = 0`.execute(tx),
  },
  {
    table: 'account',
    constraint: 'open_holds_max_before_paid_positive',
    guarantee: 'a new account may have at least one open hold',
    violate: ({ tx }) => sql`update account set open_holds_max_before_paid = 0`.execute(tx),
  },
  {
    table: 'payment',
    constraint: 'open_payments_within_limit',
    guarantee: 'an account has at most the allowed number of open card payments without a hold',
    violate: async (fixture) => {
      await sql`update account set open_payments_max = 1`.execute(fixture.tx)
      await insertUnpaid(fixture, { pay_by: nextYear() })
      await insertUnpaid(fixture, { pay_by: nextYear(), state: 'failed' })
    },
  },
  {
    table: 'account',
    constraint: 'open_payments_max_positive',
    guarantee: 'an account may have at least one open card payment',
    violate: ({ tx }) => sql`update account set open_payments_max = 0`.execute(tx),
  },
]
