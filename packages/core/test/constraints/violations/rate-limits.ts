import { sql } from 'kysely'
import type { Fixture, Violation } from '../fixture.ts'

const budget = ({ tx, buyer }: Fixture, { bucket = 'reads', taken = 1, granted = 1 } = {}) =>
  sql`insert into request_budget (account_id, bucket, window_at, quota, taken, granted)
    values (${buyer.actor.accountId}, ${bucket}, now(), 10, ${taken}, ${granted})`.execute(tx)

export const rateLimitViolations: readonly Violation[] = [
  {
    table: 'request_budget',
    constraint: 'one_request_budget_per_bucket',
    guarantee: 'all gateways lease from one budget',
    violate: async (fixture) => {
      await budget(fixture)
      await budget(fixture)
    },
  },
  {
    table: 'request_budget',
    constraint: 'request_bucket_known',
    guarantee: 'requests are counted in known buckets',
    violate: (fixture) => budget(fixture, { bucket: 'others' }),
  },
  {
    table: 'request_budget',
    constraint: 'granted_not_negative',
    guarantee: 'a lot has no fewer than no requests',
    violate: (fixture) => budget(fixture, { granted: -1 }),
  },
  {
    table: 'request_budget',
    constraint: 'requests_within_quota',
    guarantee: 'no more requests are leased than the quota',
    violate: (fixture) => budget(fixture, { taken: 11 }),
  },
  {
    table: 'account',
    constraint: 'reads_per_minute_positive',
    guarantee: 'an account may send a read in a minute',
    violate: ({ tx }) => sql`update account set reads_per_minute_max = 0`.execute(tx),
  },
  {
    table: 'account',
    constraint: 'claims_per_minute_positive',
    guarantee: 'an account may send an order in a minute',
    violate: ({ tx }) => sql`update account set claims_per_minute_max = 0`.execute(tx),
  },
]
