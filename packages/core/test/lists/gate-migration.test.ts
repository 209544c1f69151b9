import { expect, test } from 'vitest'
import { listChanges } from '../../src/lists/changes.ts'
import { newId } from '../../src/new-id.ts'
import { openDue } from '../../src/schedule/steps.ts'
import { upgraded } from '../support/upgraded.ts'
import { givenStaff } from '../support/world.ts'

const id = (n: number) => `01a00000-0000-7000-8000-00000000000${n}`
const listing = (n: number, name: string, state: string, run: string) => `
  insert into listing (id, name, zone, state, opens_at, cutoff_at, drop_from, drop_to, sync_run_id)
    values ('${id(n)}', '${name}', 'test', '${state}', now() - interval '1 second', now() + interval '1 day',
      now() + interval '2 days', now() + interval '2 days', ${run});`

/** A published list that added `a` and `b`; the schedule of `a` is of a later one by now. `c` is of no list. */
const before = `
  insert into registry (id, profile) values ('r', 'generic');
  insert into zone (name, registry_id, standard_fee_minor, fee_currency, renew_fee_minor) values ('test', 'r', 900, 'EUR', 900);
  insert into sync_run (id, registry_id, source, format, content_sha256, scope_kind, scope_zones, state, listings_added, published_at)
    values ('${id(1)}', 'r', 'first', 'x', '\\x01', 'increment', '{test}', 'published', 2, now()),
      ('${id(2)}', 'r', 'second', 'x', '\\x02', 'increment', '{test}', 'published', 0, now()),
      ('${id(3)}', 'r', 'held', 'x', '\\x03', 'increment', '{test}', 'ready', null, null);
  ${listing(4, 'a.test', 'upcoming', `'${id(2)}'`)}
  ${listing(5, 'b.test', 'open', `'${id(1)}'`)}
  ${listing(6, 'c.test', 'upcoming', 'null')}
  insert into sync_change (run_id, name, kind, zone, listing_id) values ('${id(1)}', 'a.test', 'added', 'test', '${id(4)}'),
    ('${id(1)}', 'b.test', 'added', 'test', '${id(5)}'), ('${id(2)}', 'a.test', 'moved', 'test', '${id(4)}');`

test('listings from before there were gates are of the run that added them, and upcoming ones still open', () =>
  upgraded('0033', before, async (db) => {
    const ctx = { db, newId }
    const listings = () =>
      db.selectFrom('listing').select(['name', 'state', 'publication_id']).orderBy('name').execute()
    expect((await listings()).map(({ publication_id }) => publication_id)).toEqual([id(1), id(1), null])
    const runs = await db.selectFrom('sync_run').select(['listed_at', 'opened_at']).orderBy('id').execute()
    expect(runs.map((run) => [run.listed_at !== null, run.opened_at !== null])).toEqual([
      [true, false],
      [true, true],
      [false, false],
    ])
    expect(await openDue(db)).toBe(2)
    expect((await listings()).map(({ state }) => state)).toEqual(['open', 'open', 'open'])
    const operator = await givenStaff(ctx, 'operator')
    const { items } = await listChanges(operator, { runId: id(1), offset: 0, limit: 9 })
    expect(items.map(({ name, kind }) => `${kind} ${name}`)).toEqual(['added a.test', 'added b.test'])
  }))
