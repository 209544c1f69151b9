import { sql } from 'kysely'
import type { Fixture, Violation } from '../fixture.ts'

const watch = ({ tx, buyer }: Fixture, name: string) =>
  sql`insert into watch (account_id, name) values (${buyer.actor.accountId}, ${name})`.execute(tx)

export const watchViolations: readonly Violation[] = [
  {
    table: 'watch',
    constraint: 'one_watch_per_name',
    guarantee: 'an account watches a name once',
    violate: async (fixture) => {
      await watch(fixture, 'free.test')
      await watch(fixture, 'free.test')
    },
  },
  {
    table: 'watch',
    constraint: 'one_watch_per_id',
    guarantee: 'an event is about one watch',
    violate: async (fixture) => {
      await watch(fixture, 'free.test')
      await watch(fixture, 'another.test')
      await sql`update watch set id = (select id from watch limit 1)`.execute(fixture.tx)
    },
  },
  {
    table: 'watch',
    constraint: 'watches_within_limit',
    guarantee: 'an account watches at most the allowed number of names',
    violate: async (fixture) => {
      await sql`update account set watches_max = 1`.execute(fixture.tx)
      await watch(fixture, 'free.test')
      await watch(fixture, 'another.test')
    },
  },
  {
    table: 'account',
    constraint: 'watches_max_positive',
    guarantee: 'an account may watch at least one name',
    violate: ({ tx }) => sql`update account set watches_max = 0`.execute(tx),
  },
]
