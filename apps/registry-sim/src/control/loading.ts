import type { Hono } from 'hono'
import { changeExpiry } from '../registry/change-expiry.ts'
import { loadNames } from '../registry/load-names.ts'
import { present } from '../registry/registry.ts'
import { scheduleBatch } from '../registry/schedule-batch.ts'
import { batchBody, depositBody, expiryBody, loadNamesBody, openingBody } from './schemas.ts'
import { Problem, type RegistryOf, readBody } from './server.ts'

/** More than this is a mistake of the client. */
const OPENINGS_MAX = 10_000

/** Adds the routes that load names, move expiries, schedule batches and openings, and pay deposits. */
export function addLoading(app: Hono, registryOf: RegistryOf): void {
  app.post('/registries/:id/names', async (c) => {
    const registry = registryOf(c)
    const { names, mix, ownShare } = await readBody(c, loadNamesBody)
    const specs = names.map(({ purgeAt, listedAt, priorCrDate, updatedAt, restoreAt, ...rest }) => ({
      ...rest,
      purgeAtMs: purgeAt,
      listedAtMs: listedAt,
      priorCrDateMs: priorCrDate,
      updatedAtMs: updatedAt,
      restoreAtMs: restoreAt,
    }))
    const { records, refused } = loadNames(registry, specs, present(registry), { mix, ownShare })
    const kinds: Record<string, number> = {}
    for (const { kind } of records) kinds[kind] = (kinds[kind] ?? 0) + 1
    return c.json({ loaded: records.length, kinds, refused }, 201)
  })
  app.put('/registries/:id/names/:name/expiry', async (c) => {
    const registry = registryOf(c)
    const { expiresAt } = await readBody(c, expiryBody)
    const record = changeExpiry(registry, c.req.param('name').toLowerCase(), expiresAt, present(registry))
    if (typeof record === 'string') throw new Problem(record, 'the expiry was not moved')
    present(registry)
    return c.json({ expiresAt: new Date(record.registration?.exDateMs ?? expiresAt).toISOString() })
  })
  app.post('/registries/:id/batches', async (c) => {
    const registry = registryOf(c)
    const { startAt, names, ...given } = await readBody(c, batchBody)
    const { pace } = registry.settings
    const batch = scheduleBatch(
      registry,
      startAt,
      present(registry),
      {
        skip: given.skip,
        lateMs: given.lateMs,
        growMs: given.growMs,
        paceMs: given.paceMs ?? pace.paceMs,
        earlyMsMax: given.earlyMsMax ?? pace.earlyMsMax,
        driftMsMax: given.driftMsMax ?? pace.driftMsMax,
        jitterMsMax: given.jitterMsMax ?? pace.jitterMsMax,
      },
      names && new Set(names),
    )
    if (typeof batch === 'string') throw new Problem(batch, 'no batch was scheduled')
    const times = [batch.listedAtMs, batch.startsAtMs, batch.endsAtMs].map((atMs) =>
      new Date(atMs).toISOString(),
    )
    const [listedAt, startsAt, endsAt] = times
    return c.json({ listedAt, startsAt, endsAt, names: batch.names }, 201)
  })
  app.post('/registries/:id/deposits', async (c) => {
    const { accounts } = registryOf(c)
    const { clid, minor } = await readBody(c, depositBody)
    const account = accounts.get(clid)
    if (account?.depositMinor === undefined)
      throw new Problem('account_not_found', 'no account of this clid that has a deposit')
    account.depositMinor += minor
    return c.json({ depositMinor: account.depositMinor, spentMinor: account.spentMinor }, 201)
  })
  app.post('/registries/:id/openings', async (c) => {
    const { openings } = registryOf(c)
    const { fromAt, openMs } = await readBody(c, openingBody)
    if (openings.length >= OPENINGS_MAX) throw new Problem('too_many_openings', `at most ${OPENINGS_MAX}`)
    openings.push({ fromMs: fromAt, untilMs: fromAt + openMs })
    return c.json({ openings: openings.length }, 201)
  })
}
