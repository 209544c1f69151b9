import type { Logger } from '@droplock/observability/logger'
import type { Metrics } from '@droplock/observability/metrics'
import { describeRequest, inRequestSpan, traceIdOf } from '@droplock/observability/spans'
import { type WideEvent, wideEvent } from '@droplock/observability/wide-event'
import type { Context, MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { type Asker, sourceFrom } from './source.ts'

/** What `observe` adds to every request. An app adds its own variables. */
export type HttpVariables = {
  requestId: string
  event: WideEvent
}

export type HttpEnvironment = {
  /** What the server knows of the connection; absent in tests without a server. */
  Bindings: Partial<Asker>
  Variables: HttpVariables
}

/** The part of a request's context that is needed to answer, whatever an app adds to it. */
export type Answering = Pick<Context<HttpEnvironment>, 'var' | 'env' | 'header' | 'body'>

/** The request ids that a caller may send: long enough for any tracing id, and without characters that could forge a log line. */
const requestIdForm = /^[\w.:-]{1,128}$/

export type Observing = {
  readonly logger: Logger
  readonly newRequestId: () => string
  /** If left out, nothing is measured. */
  readonly measure?: (answered: Answered) => void
}

/** Requested every second by process managers and balancers: a success is not logged. */
const healthPaths: ReadonlySet<string> = new Set(['/healthz', '/readyz'])

/** Gives the request an id, a span and one log event, which is written when the answer is ready. */
export function observe({ logger, newRequestId, measure }: Observing): MiddlewareHandler<HttpEnvironment> {
  return async (c, next) => {
    const given = c.req.header('X-Request-Id')
    const requestId = given !== undefined && requestIdForm.test(given) ? given : newRequestId()
    const event = wideEvent(logger, 'http_request')
    const startedMs = performance.now()
    c.set('requestId', requestId)
    c.set('event', event)
    c.header('X-Request-Id', requestId)
    await inRequestSpan(c.req.raw.headers, async (span) => {
      event.add({ trace_id: traceIdOf(span) })
      await next()
      describeRequest(span, {
        method: c.req.method,
        route: routePath(c, -1),
        path: c.req.path,
        status: c.res.status,
      })
    })
    if (healthPaths.has(c.req.path) && c.res.ok) return
    describe(c, event)
    event.end()
    measure?.({
      method: c.req.method,
      route: routePath(c, -1),
      status: c.res.status,
      seconds: (performance.now() - startedMs) / 1_000,
    })
  }
}

function describe(c: Context<HttpEnvironment>, event: WideEvent): void {
  event.add({
    request_id: c.var.requestId,
    source: sourceFrom(c.env),
    method: c.req.method,
    path: c.req.path,
    route: routePath(c, -1),
    status: c.res.status,
  })
}

export type Answered = {
  readonly method: string
  /** The template of its path, or `*`: callers can invent paths, but not templates. */
  readonly route: string
  readonly status: number
  readonly seconds: number
}

/** Callers can invent others. RFC 9110 §9, RFC 5789. */
const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Returns a function that records each answered request. */
export function measureRequests(metrics: Metrics): (answered: Answered) => void {
  const note = metrics.durations({
    name: 'http_request_duration_seconds',
    help: 'From the request to the start of its answer.',
    labels: ['method', 'route', 'status'],
  })
  return ({ method, route, status, seconds }) =>
    note({ method: methods.has(method) ? method : 'other', route, status: String(status) }, seconds)
}
