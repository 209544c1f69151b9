import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { migrate } from '../../src/database/migrate.ts'
import { migrationsFolder } from '../../src/database/migrations.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'

const ID = '01a00000-0000-7000-8000-00000000000'

/** Names with odd years: 1 as lists said it, 2 moved by a person from there, and 3 that is as it should be. */
const odd = `
  insert into registry (id, profile) values ('r', 'p');
  insert into zone (name, registry_id, standard_fee_minor, phase_fee_minor, renew_fee_minor, fee_currency)
    values ('test', 'r', 900, 200, 900, 'EUR');
  insert into staff_account (id, email, name, roles, password_hash) values ('${ID}9', 'a@b.test', 'a', '{operator}', 'x');
  insert into listing (id, name, zone, state, opens_at, cutoff_at, drop_from, drop_to) values
    ('${ID}1', 'one.test', 'test', 'open', '-infinity', '9999-12-31Z', '9999-12-31Z', '10000-01-01Z'),
    ('${ID}2', 'two.test', 'test', 'open', '2026-01-01Z', '2026-01-01Z', '2026-01-02Z', '2026-01-02Z'),
    ('${ID}3', 'three.test', 'test', 'open', '2026-01-01Z', '2026-01-01Z', '2026-01-02Z', '2026-01-03Z');
  insert into schedule_override (id, listing_id, cutoff_at, drop_from, drop_to, cutoff_before, drop_from_before, drop_to_before,
      reason, applied_by, applied_at)
    values ('${ID}4', '${ID}2', '0044-03-15Z BC', '2026-01-02Z', '2026-01-02Z', '2026-01-01Z', '2026-01-02Z', '2026-01-02Z',
      'a test', '${ID}9', '2026-01-01Z');
  update listing set override_id = '${ID}4', listed_cutoff_at = '2026-01-01Z', listed_drop_from = '9999-01-01Z',
    listed_drop_to = 'infinity' where id = '${ID}2';`

test('listings and overrides of odd years are moved into the calendar, in their order, and all others stay', async () => {
  const clone = await cloneDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'droplock-migrations-'))
  try {
    await sql`drop schema public cascade`.execute(clone.db)
    await sql`create schema public`.execute(clone.db)
    for (const name of readdirSync(migrationsFolder).filter((each) => each < '0019')) {
      cpSync(join(migrationsFolder, name), join(folder, name))
    }
    await migrate(clone.url, folder)
    await sql.raw(odd).execute(clone.db)

    await migrate(clone.url)

    const last = new Date('2100-12-31T23:59:59.999Z')
    const first = new Date('1970-01-01Z')
    const listings = await clone.db.selectFrom('listing').selectAll().orderBy('id').execute()
    expect(listings).toMatchObject([
      { opens_at: first, cutoff_at: last, drop_from: last, drop_to: last, listed_drop_to: null },
      { cutoff_at: new Date('2026-01-01Z'), listed_cutoff_at: new Date('2026-01-01Z'), listed_drop_to: last },
      { drop_to: new Date('2026-01-03Z'), version: 1, listed_cutoff_at: null },
    ])
    expect(await clone.db.selectFrom('schedule_override').selectAll().execute()).toMatchObject([
      { cutoff_at: first, drop_from: new Date('2026-01-02Z') },
    ])
  } finally {
    await clone.drop()
    rmSync(folder, { recursive: true })
  }
})
