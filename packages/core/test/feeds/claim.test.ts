import { expect, test } from 'vitest'
import { claimFeed, releaseFeed } from '../../src/feeds.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { contextOf, givenRegistry, REGISTRY } from '../support/world.ts'

const feed = { registryId: REGISTRY, source: 'https://lists.test/drops', claimMs: 60_000 }

test('of 20 workers that claim one source one gets it, and nobody claims it again before it is due', async () => {
  const clone = await cloneDatabase({ connectionsMax: 20 })
  try {
    const ctx = contextOf(clone.db)
    await givenRegistry(ctx)
    const claims = await Promise.all(Array.from({ length: 20 }, () => claimFeed(ctx, feed)))
    const [claim, ...others] = claims.filter((each) => each !== undefined)
    expect(others).toEqual([])
    if (claim === undefined) throw new Error('nobody got the source')
    await releaseFeed(ctx, claim, {
      outcome: 'read',
      nextPollMs: 60_000,
      etag: null,
      lastModified: null,
      isNew: false,
    })
    expect(await claimFeed(ctx, feed)).toBeUndefined()
  } finally {
    await clone.drop()
  }
})

test('a lapsed claim passes to another worker, and the slow one changes nothing any more', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    const slow = await claimFeed(ctx, { ...feed, claimMs: 0 })
    const successor = await claimFeed(ctx, feed)
    if (slow === undefined || successor === undefined) throw new Error('the source was not given')
    const release = {
      outcome: 'read',
      nextPollMs: 0,
      etag: '"slow"',
      lastModified: null,
      isNew: false,
    } as const
    expect(await releaseFeed(ctx, slow, release)).toBe(false)
    expect(await releaseFeed(ctx, successor, { ...release, etag: '"successor"' })).toBe(true)
    expect(await claimFeed(ctx, feed)).toMatchObject({ etag: '"successor"' })
  }))

test('failures are counted until a poll succeeds, and the validators of the last list are kept', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    const poll = async () => {
      const claim = await claimFeed(ctx, feed)
      if (claim === undefined) throw new Error('the source was not given')
      return claim
    }
    await releaseFeed(ctx, await poll(), {
      outcome: 'read',
      nextPollMs: 0,
      etag: '"a"',
      lastModified: 'Mon, 09 Feb 2026 09:00:00 GMT',
      isNew: true,
    })
    await releaseFeed(ctx, await poll(), { outcome: 'failed', nextPollMs: 0, reason: 'HTTP 500' })
    await releaseFeed(ctx, await poll(), { outcome: 'failed', nextPollMs: 0, reason: 'HTTP 500' })
    const third = await poll()
    expect(third).toMatchObject({ failures: 2, etag: '"a"' })
    await releaseFeed(ctx, third, {
      outcome: 'read',
      nextPollMs: 0,
      etag: null,
      lastModified: null,
      isNew: false,
    })
    expect(await poll()).toMatchObject({ failures: 0, etag: null, lastModified: null })
  }))
