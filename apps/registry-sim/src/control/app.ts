import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { stream as streamBody } from 'hono/streaming'
import type { z } from 'zod'
import type { Log } from '../log.ts'
import { writeDropList } from '../registry/drop-list.ts'
import { FAULTS_MAX, type Fault, orderFault } from '../registry/faults.ts'
import { loadNames } from '../registry/load-names.ts'
import { present, type Registry } from '../registry/registry.ts'
import { scheduleBatch } from '../registry/schedule-batch.ts'
import { allTruth, truthOf } from '../registry/truth.ts'
import { withdrawNames } from '../registry/withdraw-names.ts'
import { describeRegistry, describeUse, type Hosted } from './describe-registry.ts'
import { Problem, renderProblem } from './problems.ts'
import { batchBody, faultBody, loadNamesBody, withdrawBody } from './schemas.ts'
import { writeStatusPage } from './status-page.ts'

/** 100,000 names with every field given take about 25 MB. */
const BODY_OCTETS_MAX = 48 * 1024 * 1024

type Asked = { readonly req: { json(): Promise<unknown>; param(name: string): string | undefined } }

async function readBody<Schema extends z.ZodType>(c: Asked, schema: Schema): Promise<z.output<Schema>> {
  const body = await c.req.json().catch(() => {
    throw new Problem('malformed_json', 'the body is not JSON')
  })
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Problem('invalid_request', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`)
}

function tellFault(fault: Fault) {
  const { id, kind, on, probability, struck } = fault
  return { id, kind, on, probability, struck, left: Number.isFinite(fault.left) ? fault.left : null }
}

function addReads(app: Hono, registryOf: (c: Asked) => Registry): void {
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
  app.get('/registries/:id/violations', (c) => c.json({ accounts: describeUse(registryOf(c)) }))
  app.get('/registries/:id/faults', (c) => c.json({ faults: registryOf(c).faults.faults.map(tellFault) }))
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

function addLoading(app: Hono, registryOf: (c: Asked) => Registry): void {
  app.post('/registries/:id/names', async (c) => {
    const registry = registryOf(c)
    const { names, mix, ownShare } = await readBody(c, loadNamesBody)
    const specs = names.map(({ purgeAt, priorCrDate, updatedAt, restoreAt, ...rest }) => ({
      ...rest,
      purgeAtMs: purgeAt,
      priorCrDateMs: priorCrDate,
      updatedAtMs: updatedAt,
      restoreAtMs: restoreAt,
    }))
    const { records, refused } = loadNames(registry, specs, present(registry), { mix, ownShare })
    const kinds: Record<string, number> = {}
    for (const { kind } of records) kinds[kind] = (kinds[kind] ?? 0) + 1
    return c.json({ loaded: records.length, kinds, refused }, 201)
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
        paceMs: given.paceMs ?? pace.paceMs,
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
}

function addTrouble(app: Hono, registryOf: (c: Asked) => Registry): void {
  app.post('/registries/:id/withdraw', async (c) => {
    const registry = registryOf(c)
    const { names, at } = await readBody(c, withdrawBody)
    const notPending = withdrawNames(registry, names, present(registry), at)
    return c.json({ withdrawn: names.length - notPending.length, notPending })
  })
  app.post('/registries/:id/faults', async (c) => {
    const { faults } = registryOf(c)
    const order = await readBody(c, faultBody)
    if (faults.faults.length >= FAULTS_MAX)
      throw new Problem('too_many_faults', `at most ${FAULTS_MAX} plans`)
    return c.json(tellFault(orderFault(faults, order)), 201)
  })
  app.delete('/registries/:id/faults', (c) => {
    registryOf(c).faults.faults.length = 0
    return c.body(null, 204)
  })
}

/** The control API: loads names, schedules, injects faults, tells the truth. For 127.0.0.1 only; it has no login. */
export function makeControlApp(hosted: ReadonlyMap<string, Hosted>, log: Log): Hono {
  const app = new Hono()
  const registryOf = (c: Asked): Registry => {
    const found = hosted.get(c.req.param('id') ?? '')
    if (!found) throw new Problem('registry_not_found', 'no registry of this id')
    return found.registry
  }
  const onError = () => {
    throw new Problem('request_too_large', `at most ${BODY_OCTETS_MAX} octets`)
  }
  app.use(bodyLimit({ maxSize: BODY_OCTETS_MAX, onError }))
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/', (c) => c.html(writeStatusPage([...hosted.values()], ({ registry }) => present(registry))))
  app.get('/registries', (c) => c.json({ registries: [...hosted.values()].map(describeRegistry) }))
  addReads(app, registryOf)
  addLoading(app, registryOf)
  addTrouble(app, registryOf)
  app.notFound((c) => renderProblem(c, 'not_found', 'no such path'))
  app.onError((error, c) => {
    if (error instanceof Problem) return renderProblem(c, error.code, error.message)
    log.error({ error: String(error), path: c.req.path }, 'control request failed')
    return renderProblem(c, 'internal_error', 'the simulator failed')
  })
  return app
}
