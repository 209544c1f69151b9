import { usualSource } from '@droplock/rules/list-sources'
import { expect, test } from 'vitest'
import { newId } from '../../src/new-id.ts'
import { claimDueSource } from '../../src/sources/claim.ts'
import { findLateLists } from '../../src/sources/find-late.ts'
import { seedSources } from '../../src/sources/seed.ts'
import { upgraded } from '../support/upgraded.ts'

const id = (n: number) => `01a00000-0000-7000-8000-00000000000${n}`

/** Two sources of the release before, one of which is late and has an alarm, and a run whose worker ended. */
const before = `
  insert into registry (id, profile) values ('r', 'generic');
  insert into feed (registry_id, source, etag, polled_at, list_at, next_poll_at) values
    ('r', 'https://lists.test/drop.csv', '"v1"', '2026-02-10Z', '2026-02-09Z', '2026-02-10Z'),
    ('r', '/lists', null, '2026-02-10Z', clock_timestamp(), '2026-02-10Z');
  insert into alarm (id, kind, subject, facts, raised_at, last_seen_at)
    values ('${id(1)}', 'list_late', 'r https://lists.test/drop.csv', '{}', '2026-02-10Z', '2026-02-10Z');
  insert into sync_run (id, registry_id, source, format, content_sha256, scope_kind, scope_zones, state, failure) values
    ('${id(2)}', 'r', '/lists', 'pl-text', '', 'increment', '{}', 'failed', 'The process that read the list ended before it was published.'),
    ('${id(3)}', 'r', '/lists', 'pl-text', '', 'increment', '{}', 'failed', 'something else');`

test('sources from before the migration keep their health and their alarm, and are read again once the setting describes them', () =>
  upgraded('0032', before, async (db) => {
    const ctx = { db, newId }
    // Nothing has said yet how they are read.
    expect(await claimDueSource(ctx, 1_000)).toBeUndefined()
    const address = 'https://lists.test/drop.csv'
    const seed = { ...usualSource, registryId: 'r', address, scopeKind: 'increment' } as const
    const unknown = { ...seed, registryId: 'nobody' }
    expect(await seedSources(ctx, [seed, unknown])).toEqual([unknown])
    const claim = await claimDueSource(ctx, 1_000)
    expect(claim).toMatchObject({ address, scopeKind: 'increment', etag: '"v1"', failures: 0 })
    const alarm = await db
      .selectFrom('alarm')
      .select(['subject', 'facts', 'closed_at'])
      .executeTakeFirstOrThrow()
    expect(alarm).toEqual({ subject: claim?.id, facts: { source: `r ${address}` }, closed_at: null })
    expect((await findLateLists(ctx)).map(({ subject }) => subject)).toEqual([claim?.id])
    const runs = await db
      .selectFrom('sync_run')
      .select(['failure_code', 'tries', 'dry_run'])
      .orderBy('id')
      .execute()
    expect(runs).toEqual([
      { failure_code: 'interrupted', tries: 1, dry_run: false },
      { failure_code: 'not_staged', tries: 1, dry_run: false },
    ])
  }))
