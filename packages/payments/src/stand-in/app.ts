import { type Context, Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Action } from '../processor/records.ts'
import { type Faults, injectFaults } from '../serve/faults.ts'
import type { Env } from '../serve/listen.ts'
import type { ServedProcessor } from '../serve/serve-processor.ts'
import { ApiError, apiErrors, renderOutcome } from './errors.ts'
import { listMovements, listPayouts, listRefunds } from './lists.ts'
import { renderDispute, renderIntent, renderRefund } from './render.ts'
import {
  readConfirm,
  readCreateIntent,
  readEvidence,
  readForm,
  readRefund,
  requireKnown,
} from './requests.ts'

/** A request that was received, for tests. Without the headers that hold a secret. */
export type SeenRequest = {
  readonly method: string
  readonly path: string
  readonly key: string | undefined
  readonly version: string | undefined
}

type AppSettings = {
  readonly processor: ServedProcessor
  readonly faults: Faults
  readonly secretKey: string
  readonly live: boolean
  readonly seen: SeenRequest[]
  /** Resolves when the request may go on. Holds one back so that another finds its key in use. */
  readonly gate: () => Promise<void>
}

/** Stripe's protocol: the part of payment intents, refunds, disputes, balance transactions and payouts that the adapter uses. */
export function makeStandInApp(settings: AppSettings): Hono<Env> {
  const app = new Hono<Env>()
  let requests = 0
  app.use(async (c, next) => {
    await next()
    requests += 1
    c.res.headers.set('request-id', `req_${requests}`)
  })
  app.use(checkKey(settings))
  app.use(
    injectFaults(settings.faults, {
      rateLimited: () => render(apiErrors.rateLimited()),
      serverError: () => render(apiErrors.serverError()),
      webhooksIdle: () => settings.processor.webhooks.idle(),
    }),
  )
  app.use(refuseKeysInUse(settings.gate))
  addWrites(app, settings)
  addReads(app, settings)
  app.notFound(() => render(new ApiError(404, 'invalid_request_error', 'Unrecognized request URL.')))
  app.onError((error) => render(error instanceof ApiError ? error : apiErrors.serverError()))
  return app
}

function render({ status, body }: ApiError): Response {
  return Response.json({ error: body }, { status })
}

function checkKey({ secretKey, seen }: AppSettings) {
  return createMiddleware<Env>(async (c, next) => {
    const { method, path } = c.req
    seen.push({
      method,
      path,
      key: c.req.header('idempotency-key'),
      version: c.req.header('stripe-version'),
    })
    const key = (c.req.header('authorization') ?? '').replace(/^Bearer /, '')
    if (key !== secretKey) throw apiErrors.badKey(key)
    await next()
  })
}

/** Refuses a request whose key is in use. */
function refuseKeysInUse(gate: () => Promise<void>) {
  const working = new Set<string>()
  return createMiddleware<Env>(async (c, next) => {
    const key = c.req.method === 'POST' ? c.req.header('idempotency-key') : undefined
    if (key === undefined) return next()
    if (working.has(key)) throw apiErrors.keyInUse()
    working.add(key)
    try {
      await gate()
      await next()
    } finally {
      working.delete(key)
    }
    return undefined
  })
}

const readBody = async (c: Context<Env>) => readForm(await c.req.text())

function addWrites(app: Hono<Env>, { processor, live }: AppSettings): void {
  const act = (c: Context<Env>, action: Action) => {
    const { outcome, replayed } = processor.act(action, c.req.header('idempotency-key'))
    if (replayed) c.header('idempotent-replayed', 'true')
    return c.json(renderOutcome(outcome, live))
  }
  app.post('/v1/payment_intents', async (c) => act(c, readCreateIntent(await readBody(c))))
  app.post('/v1/payment_intents/:id/confirm', async (c) =>
    act(c, readConfirm(await readBody(c), c.req.param('id'))),
  )
  app.post('/v1/payment_intents/:id/cancel', async (c) => {
    requireKnown(await readBody(c), 'cancel')
    return act(c, { do: 'cancel', intentId: c.req.param('id') })
  })
  app.post('/v1/refunds', async (c) => act(c, readRefund(await readBody(c))))
  app.post('/v1/disputes/:id', async (c) => act(c, readEvidence(await readBody(c), c.req.param('id'))))
}

const readQuery = (c: Context<Env>) => readForm(new URL(c.req.url).search)

function addReads(app: Hono<Env>, { processor, live }: AppSettings): void {
  const { books } = processor
  app.get('/v1/payment_intents/:id', (c) => {
    const intent = books.intents.get(c.req.param('id'))
    if (intent === undefined) throw apiErrors.missing('payment_intent', c.req.param('id'))
    return c.json(renderIntent(intent, live))
  })
  app.get('/v1/refunds', (c) => c.json(listRefunds(books, readQuery(c))))
  app.get('/v1/refunds/:id', (c) => {
    const refund = books.refunds.get(c.req.param('id'))
    if (refund === undefined) throw apiErrors.missing('refund', c.req.param('id'))
    return c.json(renderRefund(refund))
  })
  app.get('/v1/disputes/:id', (c) => {
    const dispute = books.disputes.get(c.req.param('id'))
    if (dispute === undefined) throw apiErrors.missing('dispute', c.req.param('id'))
    return c.json(renderDispute(dispute, live))
  })
  app.get('/v1/payouts', (c) => c.json(listPayouts(books, readQuery(c), live)))
  app.get('/v1/balance_transactions', (c) => c.json(listMovements(books, readQuery(c), live)))
}
