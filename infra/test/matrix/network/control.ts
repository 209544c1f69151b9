import type { TrustControl } from '@droplock/core/testing/trust-result'
import { holdsWithin } from '../../../src/processes/wait-until.ts'
import { startWorld, zone } from '../service/world.ts'

/** Longer than the worker waits for an answer in all other rounds, and takes for a list. Milliseconds. */
const PUBLISHED_MS_MAX = 25_000
const name = `control.${zone}`

/** A worker that waits for answers of its database without end: its connections go silent, and it does nothing any more. */
export async function tryWithoutAnswerLimit(): Promise<TrustControl> {
  await using world = await startWorld({
    settings: { worker: { DROPLOCK_WORKER_DATABASE_ANSWER_MS: '3600000' } },
  })
  world.proxies['worker → database'].silenceOpen()
  world.lists.put([{ name, purgeAt: new Date(Date.now() + 3_600_000) }])
  const isPublished = await holdsWithin({ everyMs: 200, msMax: PUBLISHED_MS_MAX }, async () => {
    const listing = world.ctx.db.selectFrom('listing').select('id').where('name', '=', name)
    return (await listing.executeTakeFirst()) !== undefined
  })
  return { name: 'the time that a worker waits for its database', caught: !isPublished }
}
