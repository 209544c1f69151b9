import { sql } from 'kysely'
import { ZONE } from '../../support/world.ts'
import type { Fixture, Violation } from '../fixture.ts'

/** Makes the fixture's zone that of which all sandboxes are copies. */
const openOriginal = ({ tx }: Fixture) =>
  sql`update zone set is_sandbox = true where name = ${ZONE}`.execute(tx)

/** The buyer's sandbox. */
async function openOwn(fixture: Fixture): Promise<string> {
  await openOriginal(fixture)
  const { rows } = await sql<{ zone: string }>`
    select open_sandbox_zone(${fixture.buyer.actor.accountId}) as zone`.execute(fixture.tx)
  return rows[0]?.zone ?? ''
}

type Changes = {
  readonly zone?: string
  readonly labels?: string
  readonly timeScale?: number
  readonly more?: string
}

/** Drops of the buyer's sandbox, except for what `changes` says. */
async function insertDrop(fixture: Fixture, changes: Changes = {}, count = 1): Promise<unknown> {
  const own = await openOwn(fixture)
  const { zone = own, labels = "'{caught-1}'", timeScale = 1, more = 'null' } = changes
  return sql`
    insert into sandbox_drop (id, account_id, zone, labels, time_scale, drops_at, listed_at)
    select gen_random_uuid(), ${fixture.buyer.actor.accountId}::uuid, ${zone}, ${sql.raw(labels)}, ${timeScale}, clock_timestamp(),
      ${sql.raw(more)} from generate_series(1, ${count}::integer)`.execute(fixture.tx)
}

export const sandboxViolations: readonly Violation[] = [
  {
    table: 'zone',
    constraint: 'only_a_sandbox_has_an_account',
    guarantee: 'a zone that all accounts see belongs to none',
    violate: ({ tx, buyer }) =>
      sql`update zone set sandbox_account_id = ${buyer.actor.accountId}`.execute(tx),
  },
  {
    table: 'zone',
    constraint: 'one_sandbox_per_account',
    guarantee: 'an account has one sandbox',
    violate: async (fixture) => {
      await openOwn(fixture)
      await sql`
        insert into zone (name, registry_id, standard_fee_minor, fee_currency, renew_fee_minor, is_sandbox, sandbox_account_id)
        select 'second.' || name, registry_id, standard_fee_minor, fee_currency, renew_fee_minor, is_sandbox, sandbox_account_id
        from zone where sandbox_account_id is not null`.execute(fixture.tx)
    },
  },
  {
    table: 'zone',
    constraint: 'one_original_sandbox_zone',
    guarantee: 'all sandboxes are copies of one zone',
    violate: async (fixture) => {
      await openOriginal(fixture)
      await sql`
        insert into zone (name, registry_id, standard_fee_minor, fee_currency, renew_fee_minor, is_sandbox)
        select 'other', registry_id, standard_fee_minor, fee_currency, renew_fee_minor, true from zone where name = ${ZONE}`.execute(
        fixture.tx,
      )
    },
  },
  {
    table: 'zone',
    constraint: 'sandbox_zone_is_simulated',
    refusesAs: 'sandbox_is_simulated',
    guarantee: 'no zone of a real registry becomes a sandbox',
    violate: async (fixture) => {
      await sql`update registry_account set is_simulator = false`.execute(fixture.tx)
      await openOriginal(fixture)
    },
  },
  {
    table: 'registry_account',
    constraint: 'sandbox_account_is_simulated',
    refusesAs: 'sandbox_is_simulated',
    guarantee: 'no real account serves a sandbox',
    violate: async (fixture) => {
      await openOriginal(fixture)
      await sql`update registry_account set is_simulator = false`.execute(fixture.tx)
    },
  },
  {
    table: 'sandbox_drop',
    constraint: 'sandbox_drop_in_own_zone',
    guarantee: 'names drop in the sandbox of the account that asks for it',
    violate: (fixture) => insertDrop(fixture, { zone: ZONE }),
  },
  {
    table: 'sandbox_drop',
    constraint: 'sandbox_drop_has_names',
    guarantee: 'a drop has from 1 to 20 names',
    violate: (fixture) => insertDrop(fixture, { labels: "'{}'" }),
  },
  {
    table: 'sandbox_drop',
    constraint: 'sandbox_time_scale_in_range',
    guarantee: 'a day of a sandbox is no shorter than half a minute',
    violate: (fixture) => insertDrop(fixture, { timeScale: 2_881 }),
  },
  {
    table: 'sandbox_drop',
    constraint: 'sandbox_drop_is_listed_once_loaded',
    guarantee: 'no drop is listed that its registry does not know',
    violate: (fixture) => insertDrop(fixture, { more: 'clock_timestamp()' }),
  },
  {
    table: 'sandbox_drop',
    constraint: 'sandbox_drops_within_limit',
    guarantee: 'an account has at most 20 drops under way',
    violate: (fixture) => insertDrop(fixture, {}, 21),
  },
]
