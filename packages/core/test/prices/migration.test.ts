import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { asService } from '../../src/context.ts'
import { newId } from '../../src/new-id.ts'
import { setPrice } from '../../src/zones.ts'
import { upgraded } from '../support/upgraded.ts'

/** A zone of the release before with a price in two currencies, a name for sale and one that has ended, and an app that reads prices. */
const before = `
  insert into registry (id, profile) values ('r', 'generic');
  insert into zone (name, registry_id, standard_fee_minor, renew_fee_minor, fee_currency, cutoff_lead_seconds, drop_time_zone,
      drop_starts_at, drop_lasts_seconds, early_seconds, late_seconds, grace_seconds)
    values ('test', 'r', 800, 800, 'USD', 60, 'UTC', '00:00', 60, 0, 60, 60);
  insert into price (zone, tier, currency, amount_minor) values ('test', 'standard', 'USD', 1900), ('test', 'standard', 'EUR', 1700);
  insert into listing (id, name, zone, state, opens_at, cutoff_at, drop_from, drop_to, ended_at) values
    (gen_random_uuid(), 'live.test', 'test', 'open', now(), now() + interval '1 day', now() + interval '2 days', now() + interval '2 days', null),
    (gen_random_uuid(), 'past.test', 'test', 'unsold', now(), now(), now(), now(), now());
  grant select on price to pg_monitor;`

test('prices from before the migration are rules by tier, and the release before goes on reading what is in force', () =>
  upgraded('0037', before, async (db) => {
    const priced = await sql`
      select listing.name, currency, amount_minor from listing left join price_amount on rule_id = price_rule_id and price_amount.ended_at is null
      order by listing.name, currency`.execute(db)
    expect(priced.rows).toEqual([
      { name: 'live.test', currency: 'EUR', amount_minor: 1_700n },
      { name: 'live.test', currency: 'USD', amount_minor: 1_900n },
      { name: 'past.test', currency: null, amount_minor: null },
    ])
    const price = {
      zone: 'test',
      of: { tier: 'standard' },
      currency: 'USD',
      amountMinor: 2_100n,
      reason: 'a test',
    } as const
    await setPrice(asService({ db, newId }), price)
    const { rows } = await sql`
      select tier, amount_minor, has_table_privilege('pg_monitor', 'price', 'select') as readable
      from price where zone = 'test' and currency = 'USD'`.execute(db)
    expect(rows).toEqual([{ tier: 'standard', amount_minor: 2_100n, readable: true }])
  }))
