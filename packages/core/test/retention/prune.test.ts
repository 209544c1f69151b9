import { type RetentionKind, retentionPolicy } from '@droplock/rules/retention'
import { type Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context } from '../../src/context.ts'
import type { Database } from '../../src/database/tables.gen.ts'
import { writeDropList } from '../../src/drop-lists/write.ts'
import { prune } from '../../src/retention/prune.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { unwatchMachines } from '../../src/testing/watch-machines.ts'
import { givenSecured, inMinutes, NAME } from '../support/held.ts'
import { givenMember } from '../support/members.ts'
import { contextOf, givenAccount, givenListings, givenRegistry, givenStaff } from '../support/world.ts'
import { ofMembers } from './member-rows.ts'
import { ago, givenTried, passDays, type Simple } from './support.ts'

const kinds = Object.keys(retentionPolicy) as RetentionKind[]

async function pruneAll(ctx: Context): Promise<void> {
  for (const kind of kinds) while ((await prune(ctx, kind, retentionPolicy[kind].days)) > 0);
}

/** Inserts a row whose time began `days` ago. */
const simple: readonly Simple[] = [
  [
    'session',
    'staff_session',
    async (ctx, days) => {
      const { actor } = await givenStaff(ctx, 'viewer')
      const times = sql`${ago(days + 1)}, ${ago(days + 1)}, ${ago(days)}, ${ago(days)}`
      return sql`insert into staff_session (id, staff_id, token_sha256, csrf_sha256, created_at, seen_at, idle_expires_at, expires_at)
        values (${ctx.newId()}, ${actor.staffId}, ${ctx.newId()}::text::bytea, '', ${times})`.execute(ctx.db)
    },
  ],
  [
    'device',
    'staff_device',
    async (ctx, days) => {
      const { actor } = await givenStaff(ctx, 'viewer')
      return sql`insert into staff_device (id, staff_id, token_sha256, created_at, used_at, expires_at)
        values (${ctx.newId()}, ${actor.staffId}, ${ctx.newId()}::text::bytea, ${ago(days + 90)}, ${ago(days + 90)}, ${ago(days)})`.execute(
        ctx.db,
      )
    },
  ],
  [
    'schedule_draft',
    'schedule_change',
    (ctx, days) =>
      sql`insert into schedule_change (id, kind, filter, preview, state, made_by_name, made_at)
        values (${ctx.newId()}, 'skip_day', '{}', '{}', 'draft', 'a test', ${ago(days)})`.execute(ctx.db),
  ],
  [
    'schedule_draft_listing',
    'schedule_change_listing',
    async (ctx, days) => {
      const id = ctx.newId()
      await sql`insert into schedule_change (id, kind, filter, preview, state, made_by_name, made_at)
        values (${id}, 'skip_day', '{}', '{}', 'draft', 'a test', ${ago(days)})`.execute(ctx.db)
      return sql`insert into schedule_change_listing (change_id, listing_id, version, state, holder, cutoff_at, drop_from, drop_to, effect)
        values (${id}, ${ctx.newId()}, 1, 'open', 'none', now(), now(), now(), 'moves')`.execute(ctx.db)
    },
  ],
  [
    'sign_in_count',
    'sign_in_count',
    (ctx, days) =>
      sql`insert into sign_in_count (scope, subject, failures, counted_at)
        values ('source', ${ctx.newId()}, 3, ${ago(days)})`.execute(ctx.db),
  ],
  ...ofMembers,
  [
    'idempotency_key',
    'idempotency_key',
    async (ctx, days) => {
      const { actor } = await givenAccount(ctx)
      return sql`insert into idempotency_key (account_id, key, item, content_sha256, status, body, created_at)
        values (${actor.accountId}, ${ctx.newId()}, 0, sha256(''), 201, '{}', ${ago(days)})`.execute(ctx.db)
    },
  ],
  [
    'alarm',
    'alarm',
    (ctx, days) =>
      sql`insert into alarm (id, kind, subject, raised_at, last_seen_at, closed_at)
        values (${ctx.newId()}, 'list_late', ${ctx.newId()}, ${ago(days + 1)}, ${ago(days)}, ${ago(days)})`.execute(
        ctx.db,
      ),
  ],
  [
    'provider_event',
    'provider_event',
    (ctx, days) =>
      sql`insert into provider_event (provider, event_id, about, object_id, received_at, try_after, handled_at)
        values ('sandbox', ${ctx.newId()}, 'payment', 'pi_1', ${ago(days)}, ${ago(days)}, ${ago(days)})`.execute(
        ctx.db,
      ),
  ],
  [
    'observed_list_name',
    'observed_list_name',
    async (ctx, days) => {
      const id = ctx.newId()
      await sql`insert into registry (id, profile) values ('observed', 'generic') on conflict do nothing`.execute(
        ctx.db,
      )
      await sql`insert into sync_run (id, registry_id, source, format, content_sha256, scope_kind, scope_zones, state, purpose,
          listings_added, created_at, published_at)
        values (${id}, 'observed', 'a list', 'domains', ${id}::text::bytea, 'increment', '{}', 'running', 'observed', 0, ${ago(days)}, ${ago(days)})`.execute(
        ctx.db,
      )
      for (const state of ['ready', 'published'])
        await sql`update sync_run set state = ${state} where id = ${id}`.execute(ctx.db)
      return sql`insert into observed_list_name (run_id, name, zone, day)
        values (${id}, 'gone.test', 'test', (${ago(days)}::timestamptz at time zone 'UTC')::date)`.execute(
        ctx.db,
      )
    },
  ],
  [
    'release_order',
    'release_order',
    async (ctx, days) => {
      await givenRegistry(ctx)
      const name = `batch-${ctx.newId()}.test`
      await givenListings(ctx, { names: [name] })
      return sql`insert into release_order (listing_id, asked_at) select id, ${ago(days)} from listing where name = ${name}`.execute(
        ctx.db,
      )
    },
  ],
  [
    'drop_list',
    'drop_list',
    (ctx, days) =>
      sql`insert into drop_list (id, made_at, published_at, names, bytes, sha256)
        values (${ctx.newId()}, ${ago(days)}, ${ago(days)}, 0, 0, '')`.execute(ctx.db),
  ],
]

async function countOf(db: Kysely<Database>, table: string): Promise<number> {
  const { rows } = await sql<{ count: bigint }>`select count(*) as count from ${sql.table(table)}`.execute(db)
  return Number(rows[0]?.count)
}

test.each(simple)('%s: rows older than the period are removed, and no others', (kind, table, insert) =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { days } = retentionPolicy[kind]
    await insert(ctx, days + 1)
    await insert(ctx, days - 0.9)
    expect(await prune(ctx, kind, days)).toBe(1)
    expect(await countOf(tx, table)).toBe(1)
    expect(await prune(ctx, kind, days)).toBe(0)
  }),
)

test('a person who has confirmed their address stays, however long ago; so does a session’s key by which another was made', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { actor } = await givenAccount(ctx)
    const { accountId } = actor
    const { actor: person } = await givenMember(ctx, accountId)
    await sql`update member set created_at = ${ago(3_650)} where id = ${person.memberId}`.execute(tx)
    const id = ctx.newId()
    for (const [key, by, session] of [[id, null, ctx.newId()] as const, [ctx.newId(), id, null] as const])
      await sql`insert into api_key (id, account_id, label, scopes, key_sha256, expires_at, session_id, made_by)
        values (${key}, ${accountId}, 'a test', array['listings:read'], uuid_send(gen_random_uuid()), ${ago(3_650)}, ${session}, ${by})`.execute(
        tx,
      )
    const before = await countAll(tx)
    await pruneAll(ctx)
    const after = await countAll(tx)
    for (const table of ['member', 'api_key'])
      expect([table, after.get(table)]).toEqual([table, before.get(table)])
  }))

test('an open alarm, an unhandled event and a session in use stay, however old', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const tables = simple.filter(([kind]) => ['alarm', 'provider_event'].includes(kind))
    for (const [, , insert] of tables) await insert(ctx, 3_650)
    await sql`update alarm set closed_at = null`.execute(tx)
    await sql`update provider_event set handled_at = null`.execute(tx)
    await pruneAll(ctx)
    for (const [, table] of tables) expect(await countOf(tx, table)).toBe(1)
  }))

/** Two lists that were published and dropped `days` ago. The first has a reject, and its name an order. */
async function givenOldLists(ctx: Context, days: number) {
  await givenSecured(ctx)
  await givenListings(ctx, { names: [NAME, 'free.test'], purgeAt: inMinutes(90) })
  const runs = await ctx.db.selectFrom('sync_run').select('id').orderBy('id').execute()
  for (const { id } of runs)
    await sql`insert into sync_reject (run_id, line, raw, reason) values (${id}, 9, 'x', 'malformed')`.execute(
      ctx.db,
    )
  await sql`update sync_run set created_at = ${ago(days)}, published_at = ${ago(days)}`.execute(ctx.db)
  return runs.map(({ id }) => id)
}

test('rows of a published list are removed once their names have dropped; those of a quarantined list stay', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const runs = await givenOldLists(ctx, 40)
    await pruneAll(ctx)
    expect(await countOf(tx, 'sync_row')).toBe(3)
    await unwatchMachines(tx)
    await sql`update sync_row set drop_from = ${ago(1)}, drop_to = ${ago(1)}, cutoff_at = ${ago(1)}`.execute(
      tx,
    )
    await sql`update sync_run set state = 'quarantined', listed_at = null, superseded_at = null, quarantine_reasons = '{x}' where id = ${runs[0]}`.execute(
      tx,
    )
    await pruneAll(ctx)
    expect(await countOf(tx, 'sync_row')).toBe(1)
  }))

test.each(['discarded', 'failed', 'ready'] as const)(
  'rows and rejects of a list that was %s go, though its names have not dropped; ready is a dry run',
  (state) =>
    rolledBack(async (tx) => {
      const ctx = contextOf(tx)
      const [first = '', second = ''] = await givenOldLists(ctx, 91)
      await unwatchMachines(tx)
      await tx
        .updateTable('sync_run')
        .set({
          state,
          dry_run: state === 'ready',
          failure: 'its process ended',
          listed_at: null,
          superseded_at: null,
        })
        .where('id', '=', first)
        .execute()
      await pruneAll(ctx)
      const rows = await tx.selectFrom('sync_row').select('run_id').execute()
      expect(new Set(rows.map(({ run_id }) => run_id))).toEqual(new Set([second]))
      expect(await countOf(tx, 'sync_reject')).toBe(0)
    }),
)

test('the newest drop list stays, however old; the parts of others go with them', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    for (const name of ['a.test', 'b.test']) {
      await givenListings(ctx, { names: [name] })
      await sql`update sync_run set published_at = clock_timestamp()`.execute(tx)
      expect(await writeDropList(ctx)).toBeGreaterThan(0)
    }
    await sql`update drop_list set made_at = ${ago(3_650)}`.execute(tx)
    const [parts, zones] = [await countOf(tx, 'drop_list_part'), await countOf(tx, 'drop_list_zone')]
    await pruneAll(ctx)
    expect(await countOf(tx, 'drop_list')).toBe(1)
    expect([await countOf(tx, 'drop_list_part'), await countOf(tx, 'drop_list_zone')]).toEqual([
      parts / 2,
      zones / 2,
    ])
  }))

test('rejects and changes of old lists are removed; changes of ordered names stay', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenOldLists(ctx, 91)
    await sql`insert into sync_change (run_id, name, kind, zone, listing_id)
      select publication_id, name, 'suspected', zone, id from listing on conflict do nothing`.execute(tx)
    expect(await countOf(tx, 'sync_change')).toBe(3)
    await pruneAll(ctx)
    expect(await countOf(tx, 'sync_reject')).toBe(0)
    const left = await tx.selectFrom('sync_change').select('name').execute()
    expect(left).toEqual([{ name: NAME }, { name: NAME }])
  }))

/** The tables from which the policy may remove rows. */
const pruned: ReadonlySet<string> = new Set([
  'catch_attempt',
  'sync_row',
  'sync_reject',
  'sync_change',
  ...simple.map(([, table]) => table),
])

test('only what the policy lists is removed: money, audit, orders and evidence still exist after ten years', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenTried(ctx, 5, 'registered')
    await passDays(ctx, 3_650)
    await sql`update sync_run set created_at = ${ago(3_650)}, published_at = ${ago(3_650)}`.execute(tx)
    for (const [, , insert] of simple) await insert(ctx, 3_650)
    await givenAccount(ctx)
    const before = await countAll(tx)
    await pruneAll(ctx)
    const after = await countAll(tx)
    const shrunk = [...before].filter(([table, count]) => (after.get(table) ?? 0) < count)
    expect(shrunk.map(([table]) => table).filter((table) => !pruned.has(table))).toEqual([])
    expect(shrunk.map(([table]) => table)).toEqual(expect.arrayContaining(['catch_attempt', 'alarm']))
    expect(after.get('catch_attempt')).toBe(2)
  }))

async function countAll(db: Kysely<Database>): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`.execute(
    db,
  )
  const counts = new Map<string, number>()
  for (const { name } of rows) counts.set(name, await countOf(db, name))
  return counts
}

test('a batch is bounded', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await sql`insert into sign_in_count (scope, subject, failures, counted_at)
      select 'source', n::text, 1, ${ago(9)} from generate_series(1, 5001) as n`.execute(tx)
    expect(await prune(ctx, 'sign_in_count', 1)).toBe(5_000)
    expect(await prune(ctx, 'sign_in_count', 1)).toBe(1)
  }))
