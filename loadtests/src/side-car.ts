import { appendFileSync, renameSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { createClient } from '@droplock/sdk/client'
import { type SideCarSettings, sideCarSettings } from './config.ts'
import { countRepeated, measureDelays, measuredOf, summariseNotifications } from './side-car/figures.ts'
import { type Probe, startProbe } from './side-car/probe.ts'
import { growthOf, type Point } from './side-car/trend.ts'
import { openStreams, receiveWebhooks, type Seen } from './side-car/watch-events.ts'
import { OTHERS, type Usage, watchProcesses } from './side-car/watch-processes.ts'

// Runs beside the load generator and does what k6 cannot: it holds streams of events, receives webhooks, releases the drop list,
// and watches the processes. Scripts read its figures by HTTP. It listens when everything is open, and
// says in side-car.json of the run's folder where; it ends by SIGTERM.

const LOOK_EVERY_MS = 1_000

const settings = sideCarSettings()
const ending = new AbortController()
process.once('SIGTERM', () => ending.abort())

const seen: Seen[] = []
const faults = { resyncs: 0, unsigned: 0 }
const common = { ...settings, onSeen: (each: Seen) => seen.push(each), faults, signal: ending.signal }
if (settings.streams > 0) await receiveWebhooks(common)
const streams = openStreams(common)
const probe =
  settings.probe === undefined
    ? undefined
    : startProbe(`${settings.gateway}${settings.probe}`, settings.keys[0] ?? '', ending.signal)
const memory = watchResources(settings)

const server = createServer(async (request, response) => {
  try {
    const body = await answer(`${request.method} ${request.url}`)
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body ?? {}))
  } catch (error) {
    response.writeHead(500, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: String(error) }))
  }
})
server.listen(settings.port, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : settings.port
  const path = join(settings.folder, 'side-car.json')
  // Whole or not there: who started this process looks at any time.
  writeFileSync(`${path}.new`, JSON.stringify({ port }))
  renameSync(`${path}.new`, path)
})
ending.signal.addEventListener('abort', () => server.close())
// A stream that is refused for good ends this process, and so the run.
await Promise.all(streams)

async function answer(request: string): Promise<unknown> {
  if (request === 'GET /figures') return readFigures(settings, probe)
  if (request !== 'POST /list' || settings.list === undefined) return undefined
  // Whole or not there: the worker looks into the folder at any time.
  renameSync(settings.list.from, settings.list.to)
  return { releasedAt: new Date().toISOString() }
}

async function readFigures({ gateway, keys, folder }: SideCarSettings, probed: Probe | undefined) {
  const clients = keys.map((apiKey) => createClient({ baseUrl: gateway, apiKey }))
  const notifications = await measureDelays(seen, async ({ id, key }) => {
    const client = clients[key]
    if (client === undefined) throw new Error(`there is no key ${key}`)
    return client.get('/v1/backorders/{id}', { params: { path: { id } } })
  })
  const measured = measuredOf(notifications)
  writeFileSync(
    join(folder, 'notifications.jsonl'),
    measured.map((each) => `${JSON.stringify(each)}\n`).join(''),
  )
  return {
    events: summariseNotifications(measured),
    faults: {
      ...faults,
      repeated: countRepeated(seen),
      unmeasured: notifications.length - measured.length,
      probesFailed: probed?.failed ?? 0,
    },
    memory: [...memory].flatMap(([app, points]) => {
      const times = growthOf(points)
      return times === undefined ? [] : [{ app, growth: times - 1 }]
    }),
    drift: growthOf(probed?.points ?? []),
  }
}

/** Writes what the processes take, every second, and keeps the memory of each kind. */
function watchResources({
  rootPid,
  databasePid,
  folder,
}: SideCarSettings): ReadonlyMap<string, readonly Point[]> {
  const kept = new Map<string, Point[]>()
  const { look } = watchProcesses(rootPid, databasePid)
  const file = join(folder, 'resources.jsonl')
  const keep = ({ app, at, memoryMb }: Usage) => {
    if (app === OTHERS) return
    const points = kept.get(app) ?? []
    points.push({ at, value: memoryMb })
    kept.set(app, points)
  }
  const parent = process.ppid
  const timer = setInterval(() => {
    // Whoever started this was killed, and nobody will ask any more.
    if (process.ppid !== parent) ending.abort()
    const usages = look()
    for (const usage of usages) keep(usage)
    appendFileSync(file, usages.map((usage) => `${JSON.stringify(usage)}\n`).join(''))
  }, LOOK_EVERY_MS)
  ending.signal.addEventListener('abort', () => clearInterval(timer))
  return kept
}
