import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { freePort } from '../../src/processes/port.ts'
import { noFault, runRound } from '../matrix/service/round.ts'
import { startWorld, type World } from '../matrix/service/world.ts'

/** The jobs of `infra/monitoring/prometheus.yml`. */
export const jobs = ['gateway', 'console-api', 'worker', 'catcher', 'marketplace'] as const
type Job = (typeof jobs)[number]

/** Away from what apps and worlds listen on. */
const FIRST_PORT = 19_700

export type ObservedWorld = AsyncDisposable & {
  readonly world: World
  /** Where each process serves its metrics. */
  readonly metricsPorts: Readonly<Record<Job, number>>
  /** What the processes have sent to the collector so far: bodies of OTLP requests, as they came. */
  readonly exported: () => readonly Buffer[]
}

/** The running service, with metrics and traces, after a few names were ordered, dropped and settled. */
export async function startObservedWorld(): Promise<ObservedWorld> {
  await using cleanup = new AsyncDisposableStack()
  const bodies: Buffer[] = []
  const collector = await startCollector(bodies)
  cleanup.defer(collector.close)
  const first = await freePort(FIRST_PORT, jobs.length)
  const metricsPorts = Object.fromEntries(jobs.map((job, index) => [job, first + index])) as Record<
    Job,
    number
  >
  const settings = Object.fromEntries(
    jobs.map((job) => {
      const variable =
        job === 'worker' || job === 'catcher' ? 'DROPLOCK_HEALTH_PORT' : 'DROPLOCK_METRICS_PORT'
      return [job, { [variable]: String(metricsPorts[job]), OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }]
    }),
  )
  const world = cleanup.use(await startWorld({ settings }))
  const { wrong } = await runRound(world, { number: 1, injection: noFault })
  if (wrong.length > 0) throw new Error(`the round failed: ${wrong.join('; ')}`)
  const started = cleanup.move()
  return { world, metricsPorts, exported: () => bodies, [Symbol.asyncDispose]: () => started.disposeAsync() }
}

/** Takes whatever is sent to `/v1/traces`, as a collector does. */
async function startCollector(bodies: Buffer[]) {
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const isTrace = request.method === 'POST' && request.url === '/v1/traces'
      const { 'content-type': type } = request.headers
      if (isTrace && type === 'application/x-protobuf') bodies.push(Buffer.concat(parts))
      response.writeHead(isTrace ? 200 : 404, { 'Content-Type': 'application/x-protobuf' }).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${port}`, close }
}
