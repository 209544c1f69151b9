import { expect, test } from 'vitest'
import { upgraded } from '../support/upgraded.ts'

const ID = '01a00000-0000-7000-8000-000000000001'

/** A name that was caught before registrations were kept. */
const caught = `
  insert into registry (id, profile) values ('r', 'p');
  insert into registry_account (id, registry_id, clid, host, port, sessions_max, commands_per_second_max)
    values ('r/us', 'r', 'us', 'h', 700, 1, 1);
  insert into zone (name, registry_id, standard_fee_minor, phase_fee_minor, fee_currency) values ('test', 'r', 900, 200, 'EUR');
  insert into account (id, name, currency) values ('${ID}', 'a', 'USD');
  insert into listing (id, name, zone, state, opens_at, cutoff_at, drop_from, drop_to, ended_at)
    values ('${ID}', 'won.test', 'test', 'caught', '2026-01-01Z', '2026-01-01Z', '2026-01-02Z', '2026-01-02Z', '2026-01-02Z');
  insert into backorder (id, listing_id, name, account_id, state, price_minor, currency, created_at, secured_at, decided_at, settled_at)
    values ('${ID}', '${ID}', 'won.test', '${ID}', 'successful', 1900, 'USD', '2026-01-01Z', '2026-01-01Z', '2026-01-02Z', '2026-01-02Z');
  insert into catch_target (id, listing_id, backorder_id, registry_id, name, state, ordered_at, drop_from, drop_to, grace_until,
      fee_max_minor, fee_currency, armed_at, decided_at, decided_by, cr_date)
    values ('${ID}', '${ID}', '${ID}', 'r', 'won.test', 'registered', '2026-01-01Z', '2026-01-02Z', '2026-01-02Z', '2026-01-02Z',
      1100, 'EUR', '2026-01-01Z', '2026-01-02Z', 'r/us', '2026-01-02Z');
  insert into catch_attempt (cltrid, target_id, registry_account_id, command, sent_at, outcome, code, svtrid)
    values ('c1', '${ID}', 'r/us', 'create', '2026-01-02Z', 'answered', 1000, 's1');`

test('names caught before registrations were recorded are recorded, with what the registry charged', () =>
  upgraded('0005', caught, async (db) => {
    expect(await db.selectFrom('registration').selectAll().executeTakeFirst()).toMatchObject({
      backorder_id: ID,
      registry_account_id: 'r/us',
      name: 'won.test',
      expires_at: new Date('2027-01-02Z'),
    })
    expect(await db.selectFrom('registry_charge').selectAll().executeTakeFirst()).toMatchObject({
      kind: 'registration',
      amount_minor: 1_100n,
      currency: 'EUR',
      cltrid: 'c1',
      svtrid: 's1',
    })
    expect(await db.selectFrom('zone').select('renew_fee_minor').executeTakeFirst()).toEqual({
      renew_fee_minor: 900n,
    })
  }))
