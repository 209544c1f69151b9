import type { Hono } from 'hono'
import { stream as streamBody } from 'hono/streaming'
import { writeReport } from '../registry/money.ts'
import type { NameRecord } from '../registry/records.ts'
import { present, type Registry } from '../registry/registry.ts'
import { orderOfRelease } from '../registry/schedule-batch.ts'
import { allTruth, truthOf, writeDropList } from '../registry/truth.ts'
import { describeFault } from './faults.ts'
import { Problem, type RegistryOf } from './server.ts'

/** A registry as the control API shows it, without passwords. */
export type Hosted = { readonly registry: Registry; readonly host: string; readonly port: number }

export function describeRegistry({ registry, host, port }: Hosted) {
  const { settings } = registry
  return {
    id: settings.id,
    profile: settings.profile ?? null,
    release: settings.release,
    host,
    port,
    zones: settings.zones,
    overRate: settings.overRate,
    idleMs: settings.idleMs,
    clockSkewMs: settings.clockSkewMs,
    fee: settings.fee,
    accounts: settings.accounts.map(({ clid, limits }) => ({ clid, limits })),
    names: countStages(registry),
  }
}

export function countStages(registry: Registry): Record<NameRecord['stage'], number> {
  const counts = { pending: 0, free: 0, registered: 0, restored: 0 }
  for (const record of registry.names.values()) counts[record.stage] += 1
  return counts
}

/** The registry's contacts, without authInfo. */
function describeContacts(registry: Registry) {
  return [...registry.contacts.values()].map(({ id, clID, crDateMs, content }) => ({
    id,
    clid: clID,
    crDate: new Date(crDateMs).toISOString(),
    names: content.postalInfos.map(({ name }) => name),
    email: content.email,
  }))
}

/** How each account uses its limits, and how often it exceeded them. */
export function describeUse(registry: Registry) {
  return [...registry.accounts.values()].map((account) => ({
    clid: account.clid,
    limits: account.limits,
    sessions: account.sessions.size,
    used: account.used,
    spentMinor: account.spentMinor,
    charged: [...account.charged.values()],
    messages: account.messages.length,
    ...(account.lock && { lock: account.lock }),
    violations: account.violations,
  }))
}

/** Adds the routes that read a registry: the truth, the use of limits, lists and reports. */
export function addReads(app: Hono, registryOf: RegistryOf): void {
  app.get('/registries/:id/names/:name', (c) => {
    const registry = registryOf(c)
    present(registry)
    const record = registry.names.get(c.req.param('name').toLowerCase())
    if (!record) throw new Problem('name_not_found', 'the registry never held this name')
    return c.json(truthOf(record))
  })
  app.get('/registries/:id/truth', (c) => {
    const registry = registryOf(c)
    present(registry)
    c.header('content-type', 'application/x-ndjson')
    return streamBody(c, async (body) => {
      for (const truth of allTruth(registry)) await body.write(`${JSON.stringify(truth)}\n`)
    })
  })
  app.get('/registries/:id/contacts', (c) => c.json({ contacts: describeContacts(registryOf(c)) }))
  app.get('/registries/:id/violations', (c) => c.json({ accounts: describeUse(registryOf(c)) }))
  app.get('/registries/:id/faults', (c) => c.json({ faults: registryOf(c).faults.faults.map(describeFault) }))
  app.get('/registries/:id/report.csv', (c) => {
    const registry = registryOf(c)
    present(registry)
    const lines = writeReport(registry, c.req.query('account'))
    c.header('content-type', 'text/csv; charset=utf-8')
    c.header('content-disposition', `attachment; filename="${registry.settings.id}_account-report.csv"`)
    return streamBody(c, async (body) => {
      for (const line of lines) await body.write(line)
    })
  })
  app.get('/registries/:id/release-order', (c) => {
    const registry = registryOf(c)
    present(registry)
    const names = orderOfRelease(registry)
    if (typeof names === 'string') throw new Problem(names, 'the order of release is drawn')
    return c.json({ names })
  })
  app.get('/registries/:id/drop-list.csv', (c) => {
    const registry = registryOf(c)
    const nowMs = present(registry)
    const day = new Date(nowMs).toISOString().slice(0, 10)
    const file = `${registry.settings.id}_domain-drop-list_${day}.csv`
    return c.body(writeDropList(registry, nowMs), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${file}"`,
    })
  })
}
