import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import type { Log } from '../clock.ts'
import { present } from '../registry/registry.ts'
import { addFaults } from './faults.ts'
import { addLoading } from './loading.ts'
import { measureRegistries } from './measure.ts'
import { addReads, describeRegistry, type Hosted } from './reads.ts'
import { addSandbox } from './sandbox.ts'
import { type Asked, Problem, type RegistryOf, renderProblem } from './server.ts'
import { writeStatusPage } from './status-page.ts'

/** 100,000 names with every field take about 25 MB. */
const BODY_OCTETS_MAX = 48 * 1024 * 1024

/** As all our servers say it (`safeHeaders` in `packages/http`); the page has its own styles. */
const safe = secureHeaders({
  strictTransportSecurity: false,
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'unsafe-inline'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
})

/** The control API: loads names, schedules releases, injects faults, reports the truth. It has no login and listens on 127.0.0.1 only. */
export function makeControlApp(hosted: ReadonlyMap<string, Hosted>, log: Log): Hono {
  const app = new Hono()
  const registryOf: RegistryOf = (c: Asked) => {
    const found = hosted.get(c.req.param('id') ?? '')
    if (!found) throw new Problem('registry_not_found', 'no registry of this id')
    return found.registry
  }
  const onError = () => {
    throw new Problem('request_too_large', `at most ${BODY_OCTETS_MAX} octets`)
  }
  app.use(safe, async (c, next) => {
    await next()
    c.header('Cache-Control', 'no-store')
  })
  app.use(bodyLimit({ maxSize: BODY_OCTETS_MAX, onError }))
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  const metrics = measureRegistries(hosted)
  app.get('/metrics', async (c) => {
    const { text, contentType } = await metrics.write()
    return c.body(text, 200, { 'Content-Type': contentType })
  })
  app.get('/', (c) => c.html(writeStatusPage([...hosted.values()], ({ registry }) => present(registry))))
  app.get('/registries', (c) => c.json({ registries: [...hosted.values()].map(describeRegistry) }))
  addReads(app, registryOf)
  addLoading(app, registryOf)
  addSandbox(app, registryOf)
  addFaults(app, registryOf)
  app.notFound((c) => renderProblem(c, 'not_found', 'no such path'))
  app.onError((error, c) => {
    if (error instanceof Problem) return renderProblem(c, error.code, error.message)
    log.error({ error: String(error), path: c.req.path }, 'control request failed')
    return renderProblem(c, 'internal_error', 'the simulator failed')
  })
  return app
}
