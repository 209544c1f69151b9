import type { Hono } from 'hono'
import { stream as streamBody } from 'hono/streaming'
import { writeDropList } from '../registry/drop-list.ts'
import { writeReport } from '../registry/ledger.ts'
import { present } from '../registry/registry.ts'
import { allTruth, truthOf } from '../registry/truth.ts'
import { describeContacts, describeUse } from './describe-registry.ts'
import { Problem } from './problems.ts'
import type { RegistryOf } from './request.ts'
import { tellFault } from './tell-fault.ts'

/** What can be read of a registry: the truth, what accounts used, lists and reports. */
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
  app.get('/registries/:id/faults', (c) => c.json({ faults: registryOf(c).faults.faults.map(tellFault) }))
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
