import { expect, test } from 'vitest'
import { isListKnown } from '../../src/lists/identity.ts'
import { newId } from '../../src/new-id.ts'
import { upgraded } from '../support/upgraded.ts'

const id = (n: number) => `01a00000-0000-7000-8000-00000000000${n}`
const run = (n: number, format: string, source: string, kind: string, day: string, reason = '') => `
  insert into sync_run (id, registry_id, source, format, content_sha256, scope_kind, scope_zones, scope_from, scope_to, state,
      listings_added, published_at, decided_by, decision_reason, quarantine_reasons)
    select '${id(n)}', 'r', '${source}', '${format}', '\\x0${n}', '${kind}', '{test}', '${day}', '${day}', 'published', 0,
      '2026-01-0${n}Z', s.id, 'x', '{${reason}}' from staff_account s;`

/** Lists of each format, two snapshots in a row, and a name whose window was moved to the year 9999. */
const before = `
  insert into registry (id, profile) values ('r', 'p');
  insert into zone (name, registry_id, standard_fee_minor, fee_currency) values ('test', 'r', 900, 'EUR');
  insert into staff_account (id, email, name, roles, password_hash) values ('${id(9)}', 'o@x.test', 'o', '{operator}', 'x');
  ${run(1, 'pl-text', '/lists#2026-02-30-2026-02-09.txt', 'increment', '2026-02-09')}
  ${run(2, 'pl-text', '/lists/2026-01-01#2026-02-10.txt', 'snapshot', '2026-02-10')}
  ${run(3, 'ietf-csv', 'https://r.test/2026-02-11.csv', 'snapshot', '2026-02-11')}
  ${run(4, 'ietf-csv', 'https://r.test/2026-02-11.csv', 'snapshot', '2026-02-11', 'truncated_snapshot')}
  insert into listing (id, name, zone, state, opens_at, cutoff_at, drop_from, drop_to)
    values ('${id(1)}', 'far.test', 'test', 'open', '2026-01-01Z', '9999-12-31T20:00:00Z', '9999-12-31T23:59:59Z', '10000-01-01Z');
  insert into sync_reject (run_id, line, raw, reason) values ('${id(3)}', 1, 'x', 'empty'), ('${id(3)}', 2, 'x', 'empty');`

test('lists from before the migration are recognised, a wrong year is corrected, and a reason keeps its meaning', () =>
  upgraded('0005', before, async (db) => {
    const runs = await db
      .selectFrom('sync_run')
      .select(['declared_drop_date', 'declared_scope_kind', 'rejects_by_reason', 'quarantine_reasons'])
      .select((eb) => eb('superseded_at', 'is not', null).as('superseded'))
      .orderBy('id')
      .execute()
    expect(runs.map((each) => [each.declared_drop_date, each.declared_scope_kind, each.superseded])).toEqual([
      [null, null, false],
      ['2026-02-10', 'snapshot', false],
      [null, null, true],
      [null, null, false],
    ])
    expect(runs[2]?.rejects_by_reason).toEqual({ empty: 2 })
    expect(runs[3]?.quarantine_reasons).toEqual(['truncated'])
    const listed = await db.selectFrom('listing').select(['cutoff_at', 'drop_to']).executeTakeFirst()
    expect(listed).toEqual({ cutoff_at: new Date('2099-12-31Z'), drop_to: new Date('2099-12-31Z') })
    const list = { registryId: 'r', source: '/lists/2026-01-01#2026-02-10.txt', format: 'pl-text' }
    const declared = { dropDate: '2026-02-10', scopeKind: 'snapshot' } as const
    const ctx = { db, newId }
    expect(await isListKnown(ctx, { ...list, contentSha256: Buffer.from([2]), declared })).toBe(true)
  }))
