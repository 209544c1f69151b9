import type { DropEntry } from '@droplock/rules/ports/drop-feed'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { inTransaction } from '../../src/database/transaction.ts'
import { failSilentRuns } from '../../src/lists/fail.ts'
import { publishOrQuarantine } from '../../src/lists/publish-or-quarantine.ts'
import { uploadList } from '../../src/lists/upload.ts'
import { lockRun } from '../../src/locks.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { contextOf, givenRegistry, givenStaff, REGISTRY, stage, ZONE } from '../support/world.ts'

const AT_ONCE = new Date(0)
const names = (count: number, from = 0) => Array.from({ length: count }, (_, n) => `name-${from + n}.test`)

async function* rows(count: number): AsyncGenerator<DropEntry> {
  const purgeAt = new Date(Date.now() + 86_400_000)
  const dropDate = purgeAt.toISOString().slice(0, 10)
  for (const [index, name] of names(count).entries()) {
    yield { kind: 'row', line: index + 1, name, zone: ZONE, purgeAt, dropDate }
  }
}

test('where reading fails or is stopped, the run is failed and has no rows', () =>
  rolledBack(async (tx) => {
    await givenRegistry(contextOf(tx))
    const operator = await givenStaff(contextOf(tx), 'operator')
    const stop = new AbortController()
    async function* breaking(how: 'fails' | 'stops') {
      yield* rows(3_000)
      if (how === 'fails') throw new Error('the connection broke\0')
      stop.abort(new Error('nobody waits'))
    }
    for (const how of ['fails', 'stops'] as const) {
      const list = {
        registryId: REGISTRY,
        source: how,
        format: 'test',
        contentSha256: () => Buffer.from(how),
        scope: () => ({ kind: 'snapshot' as const, zones: [ZONE] }),
        entries: breaking(how),
        signal: stop.signal,
      }
      await expect(uploadList(operator, { ...list, opensAt: AT_ONCE })).rejects.toThrow()
    }
    const runs = await tx.selectFrom('sync_run').select(['state', 'failure']).orderBy('id').execute()
    expect(runs).toEqual([
      { state: 'failed', failure: 'the connection broke\ufffd' },
      { state: 'failed', failure: 'nobody waits' },
    ])
    expect(await tx.selectFrom('sync_row').select('name').execute()).toEqual([])
  }))

test('a run whose process is gone fails within a minute; one that is being read or published does not', async () => {
  const clone = await cloneDatabase()
  try {
    const ctx = contextOf(clone.db)
    await givenRegistry(ctx)
    const silent = await stage(ctx, { names: names(3) })
    const alive = await stage(ctx, { names: names(3, 10) })
    const locked = await stage(ctx, { names: names(3, 20) })
    const compared = await stage(ctx, { names: names(3, 30) })
    await clone.db.updateTable('sync_run').set({ dry_run: true }).where('id', '=', compared.id).execute()
    await sql`update sync_run set alive_at = alive_at - interval '31 seconds' where id <> ${alive.id}`.execute(
      clone.db,
    )
    await inTransaction(clone.db, async (tx) => {
      await lockRun(tx, locked.id)
      expect(await failSilentRuns(clone.db)).toBe(1)
    })
    const runs = await clone.db.selectFrom('sync_run').select(['id', 'state']).orderBy('id').execute()
    expect(runs).toEqual([
      { id: silent.id, state: 'failed' },
      { id: alive.id, state: 'ready' },
      { id: locked.id, state: 'ready' },
      // A dry run has ended: nobody publishes it.
      { id: compared.id, state: 'ready' },
    ])
    const staged = await clone.db
      .selectFrom('sync_row')
      .select('name')
      .where('run_id', '=', silent.id)
      .execute()
    expect(staged).toEqual([])
    await expect(publishOrQuarantine(ctx, { runId: silent.id, opensAt: AT_ONCE })).rejects.toMatchObject({
      code: 'sync_run_not_publishable',
    })
  } finally {
    await clone.drop()
  }
})

test('a list for which nobody waits any more is not published, however far it had come', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    const run = await stage(ctx, { names: names(3) })
    const gone = AbortSignal.abort(new Error('nobody waits'))
    await expect(publishOrQuarantine(ctx, { runId: run.id, opensAt: AT_ONCE, signal: gone })).rejects.toThrow(
      'nobody waits',
    )
    expect(await tx.selectFrom('listing').select('name').execute()).toEqual([])
    expect(await tx.selectFrom('sync_run').select(['state', 'failure']).execute()).toEqual([
      { state: 'failed', failure: 'nobody waits' },
    ])
  }))
