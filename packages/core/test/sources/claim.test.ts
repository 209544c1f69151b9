import { usualSource } from '@droplock/rules/list-sources'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { asService, type Context } from '../../src/context.ts'
import { addSource, changeSource, disableSource, requestFetch } from '../../src/sources/administer.ts'
import { claimDueSource, releaseSource, renewSource } from '../../src/sources/claim.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { contextOf, givenRegistry, REGISTRY } from '../support/world.ts'

const CLAIM_MS = 60_000

const givenSource = (ctx: Context, address = 'https://lists.test/drops') =>
  addSource(asService(ctx), { ...usualSource, registryId: REGISTRY, address }, () => true)

async function claim(ctx: Context, claimMs = CLAIM_MS) {
  const claimed = await claimDueSource(ctx, claimMs)
  if (claimed === undefined) throw new Error('no source was due')
  return claimed
}

const read = { outcome: 'read', nextTryMs: 0, isNew: false } as const
const failed = { outcome: 'failed', nextTryMs: 0, code: 'http_status', reason: 'HTTP 500' } as const
const validators = (etag: string | null) => ({ etag, lastModified: null, contentSha256: null })

test('of 20 workers that claim one source one gets it, and nobody claims it again before it is due', async () => {
  const clone = await cloneDatabase({ connectionsMax: 20 })
  try {
    const ctx = contextOf(clone.db)
    await givenRegistry(ctx)
    await givenSource(ctx)
    const claims = await Promise.all(Array.from({ length: 20 }, () => claimDueSource(ctx, CLAIM_MS)))
    const [first, ...others] = claims.filter((each) => each !== undefined)
    expect(others).toEqual([])
    if (first === undefined) throw new Error('nobody got the source')
    await releaseSource(ctx, first, { ...read, nextTryMs: 60_000 })
    expect(await claimDueSource(ctx, CLAIM_MS)).toBeUndefined()
  } finally {
    await clone.drop()
  }
})

test('a lapsed claim passes to another worker, and the slow one changes nothing any more', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await givenSource(ctx)
    const slow = await claim(ctx, 0)
    const successor = await claim(ctx)
    expect(await renewSource(ctx, slow, CLAIM_MS)).toBe(false)
    expect(await releaseSource(ctx, slow, { ...read, validators: validators('"slow"') })).toBe(false)
    expect(await renewSource(ctx, successor, CLAIM_MS)).toBe(true)
    expect(await releaseSource(ctx, successor, { ...read, validators: validators('"successor"') })).toBe(true)
    expect(await claim(ctx)).toMatchObject({ etag: '"successor"' })
  }))

test('failures are counted until a try succeeds, and the validators of the last list are kept', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await givenSource(ctx)
    await releaseSource(ctx, await claim(ctx), { ...read, isNew: true, validators: validators('"a"') })
    await releaseSource(ctx, await claim(ctx), failed)
    await releaseSource(ctx, await claim(ctx), failed)
    const third = await claim(ctx)
    expect(third).toMatchObject({ failures: 2, etag: '"a"' })
    await releaseSource(ctx, third, { ...read, validators: validators(null) })
    expect(await claim(ctx)).toMatchObject({ failures: 0, etag: null, lastModified: null })
  }))

test('a source that is disabled is claimed and renewed no more', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    const id = await givenSource(ctx)
    const before = await claim(ctx, 0)
    await disableSource(asService(ctx), { id, reason: 'wrong supplier' })
    expect(await renewSource(ctx, before, CLAIM_MS)).toBe(false)
    expect(await claimDueSource(ctx, CLAIM_MS)).toBeUndefined()
  }))

test('a source that is changed while it is fetched is fetched anew, and nothing is kept of what it was', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    const id = await givenSource(ctx)
    const before = await claim(ctx)
    const address = 'https://lists.test/moved'
    await changeSource(asService(ctx), { id, terms: { address }, reason: 'it has moved' }, () => true)
    expect(await renewSource(ctx, before, CLAIM_MS)).toBe(false)
    expect(await releaseSource(ctx, before, { ...read, validators: validators('"old"') })).toBe(false)
    expect(await claim(ctx)).toMatchObject({ address, etag: null })
  }))

test('a fetch that is asked for comes first, whenever the next try is due, and is done once', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    const [other, id] = [await givenSource(ctx), await givenSource(ctx, 'https://lists.test/other')]
    await sql`update list_source set next_try_at = clock_timestamp() + interval '1 hour' where id = ${id}`.execute(
      tx,
    )
    await requestFetch(asService(ctx), { id, reason: 'the list was corrected', isDryRun: true })
    const dryRun = await claim(ctx)
    expect(dryRun).toMatchObject({ id, isDryRun: true })
    await releaseSource(ctx, dryRun, { ...read, nextTryMs: 60_000 })
    expect(await claim(ctx)).toMatchObject({ id: other, isDryRun: false })
    expect(await claimDueSource(ctx, CLAIM_MS)).toBeUndefined()
  }))
