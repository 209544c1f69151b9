import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { secureHeaders } from 'hono/secure-headers'
import { refundsOf } from '../processor/refunds.ts'
import { injectFaults } from '../serve/faults.ts'
import type { Env } from '../serve/listen.ts'
import type { ServedProcessor } from '../serve/serve-processor.ts'
import { addControl, type Controlled } from './control.ts'
import { addPayerRoutes } from './payer.ts'
import { disputeOf, intentOf, Problem, readBody, refundOf, renderProblem } from './problems.ts'
import { createIntentBody, createRefundBody, submitEvidenceBody } from './protocol.ts'
import { pageMovements, pagePaidOut, pagePayouts, viewDispute, viewIntent, viewRefund } from './views.ts'

/** Evidence is the longest body: a dozen texts. */
const BODY_BYTES_MAX = 512 * 1024

const PAGE_SIZE = 100

type SandboxSettings = Controlled & { readonly apiKey: string }

/**
 * As all our servers say it (`safeHeaders` in `packages/http`, which this package does not know); the page has its own styles, and
 * its form leads back to any shop.
 */
const safe = secureHeaders({
  strictTransportSecurity: false,
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'unsafe-inline'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
})

/** The sandbox provider over HTTP: the merchant's API, the payer's two steps, a payment page, and the control of time and faults. */
export function makeSandboxApp(settings: SandboxSettings): Hono<Env> {
  const app = new Hono<Env>()
  app.use(safe, async (c, next) => {
    await next()
    c.header('Cache-Control', 'no-store')
  })
  app.use(
    bodyLimit({
      maxSize: BODY_BYTES_MAX,
      onError: () => renderProblem(new Problem('invalid_request', 'the body is too large')),
    }),
  )
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  addPayerRoutes(app, settings.processor)
  app.use('/v1/*', requireApiKey(settings.apiKey))
  app.use('/control/*', requireApiKey(settings.apiKey))
  app.use(
    '/v1/*',
    injectFaults(settings.faults, {
      rateLimited: () => renderProblem(new Problem('rate_limited', 'too many requests')),
      serverError: () => renderProblem(new Problem('internal_error', 'the sandbox failed')),
      webhooksIdle: () => settings.processor.webhooks.idle(),
    }),
  )
  addIntents(app, settings.processor)
  addRefunds(app, settings.processor)
  addDisputes(app, settings.processor)
  addBalance(app, settings.processor)
  addControl(app, settings)
  app.notFound(() => renderProblem(new Problem('not_found', 'no such path')))
  app.onError((error) =>
    renderProblem(error instanceof Problem ? error : new Problem('internal_error', 'the sandbox failed')),
  )
  return app
}

function requireApiKey(apiKey: string) {
  return createMiddleware<Env>(async (c, next) => {
    if (c.req.header('authorization') !== `Bearer ${apiKey}`) {
      throw new Problem('unauthenticated', 'the API key is missing or wrong')
    }
    await next()
  })
}

function keyOf(c: Context<Env>): string {
  const key = c.req.header('idempotency-key')
  if (key === undefined || key === '') throw new Problem('key_required', 'Idempotency-Key is required')
  return key
}

function addIntents(app: Hono<Env>, processor: ServedProcessor): void {
  app.post('/v1/intents', async (c) => {
    const {
      payment_id,
      amount_minor: amountMinor,
      currency,
      customer,
      metadata,
    } = await readBody(c, createIntentBody)
    const { outcome } = processor.act(
      { do: 'create_intent', amountMinor, currency, metadata: { ...metadata, payment_id, customer } },
      keyOf(c),
    )
    return c.json(viewIntent(intentOf(outcome)))
  })
  app.get('/v1/intents/:id', (c) => c.json(viewIntent(recordOf(processor.books.intents, c.req.param('id')))))
  // Needs no idempotency key: a second cancel finds the intent cancelled.
  app.post('/v1/intents/:id/cancel', (c) => {
    const intent = recordOf(processor.books.intents, c.req.param('id'))
    if (intent.status === 'canceled') return c.json(viewIntent(intent))
    return c.json(viewIntent(intentOf(processor.act({ do: 'cancel', intentId: intent.id }).outcome)))
  })
}

function addRefunds(app: Hono<Env>, processor: ServedProcessor): void {
  const { books } = processor
  app.post('/v1/refunds', async (c) => {
    const { refund_id, payment, amount_minor: amountMinor, currency } = await readBody(c, createRefundBody)
    if (recordOf(books.intents, payment).currency !== currency) {
      throw new Problem('invalid_request', 'the currency differs from that of the payment')
    }
    const order = { do: 'refund', intentId: payment, amountMinor, metadata: { refund_id } } as const
    return c.json(viewRefund(refundOf(processor.act(order, keyOf(c)).outcome)))
  })
  app.get('/v1/refunds', (c) =>
    c.json({ refunds: refundsOf(books, c.req.query('payment') ?? '').map(viewRefund) }),
  )
  app.get('/v1/refunds/:id', (c) => c.json(viewRefund(recordOf(books.refunds, c.req.param('id')))))
}

function addDisputes(app: Hono<Env>, processor: ServedProcessor): void {
  const { disputes } = processor.books
  app.get('/v1/disputes/:id', (c) => c.json(viewDispute(recordOf(disputes, c.req.param('id')))))
  app.post('/v1/disputes/:id/evidence', async (c) => {
    const { evidence } = await readBody(c, submitEvidenceBody)
    const { id: disputeId } = recordOf(disputes, c.req.param('id'))
    const { outcome } = processor.act({ do: 'submit_evidence', disputeId, evidence }, keyOf(c))
    return c.json(viewDispute(disputeOf(outcome)))
  })
}

function addBalance(app: Hono<Env>, { books }: ServedProcessor): void {
  app.get('/v1/movements', (c) => {
    const { payout, cursor } = c.req.query()
    const of = { cursor, size: PAGE_SIZE }
    const page =
      payout === undefined
        ? pageMovements(books, rangeOf(c), of)
        : pagePaidOut(books, recordOf(books.payouts, payout), of)
    return c.json(requirePage(page))
  })
  app.get('/v1/payouts', (c) =>
    c.json(requirePage(pagePayouts(books, rangeOf(c), { cursor: c.req.query('cursor'), size: PAGE_SIZE }))),
  )
}

function rangeOf(c: Context<Env>) {
  const { from = '', to = '' } = c.req.query()
  const range = { fromMs: Date.parse(from), toMs: Date.parse(to) }
  if (Number.isNaN(range.fromMs + range.toMs)) throw new Problem('invalid_request', 'not valid: from, to')
  return range
}

function requirePage<Page extends object>(page: Page | undefined): Page {
  if (page === undefined) throw new Problem('invalid_request', 'not valid: cursor')
  return page
}

function recordOf<Value>(records: ReadonlyMap<string, Value>, id: string): Value {
  const record = records.get(id)
  if (record === undefined) throw new Problem('not_found', 'no object has this id')
  return record
}
