import type { Hono } from 'hono'
import { cors } from 'hono/cors'
import { behaviourByCard, type CardBehaviour } from '../processor/cards.ts'
import type { IntentRecord } from '../processor/records.ts'
import type { Env } from '../serve/listen.ts'
import type { ServedProcessor } from '../serve/serve-processor.ts'
import { writePayPage } from './pay-page.ts'
import { intentOf, Problem, readBody } from './problems.ts'
import { confirmBody, finishStepBody } from './protocol.ts'
import { viewIntent } from './views.ts'

/**
 * The requests of the payer's browser, from any site: it has the client secret and no API key. A declined card is an answer
 * (state `failed`), not an error.
 */
export function addPayerRoutes(app: Hono<Env>, processor: ServedProcessor): void {
  app.use('/payer/*', cors())
  app.post('/payer/intents/:id/confirm', async (c) => {
    const { client_secret, card } = await readBody(c, confirmBody)
    const intent = intentWithSecret(processor, c.req.param('id'), client_secret)
    return c.json(viewIntent(confirm(processor, intent, card)))
  })
  app.post('/payer/intents/:id/step', async (c) => {
    const { client_secret, passed } = await readBody(c, finishStepBody)
    const intent = intentWithSecret(processor, c.req.param('id'), client_secret)
    return c.json(viewIntent(finishStep(processor, intent, passed)))
  })
  app.get('/pay/:id', (c) => {
    const secret = c.req.query('client_secret') ?? ''
    return c.html(writePayPage(intentWithSecret(processor, c.req.param('id'), secret)))
  })
  app.post('/pay/:id', async (c) => {
    const { client_secret: secret, card, passed } = await c.req.parseBody()
    if (typeof secret !== 'string') throw new Problem('not_found', 'no object has this id')
    const intent = intentWithSecret(processor, c.req.param('id'), secret)
    // What was cancelled or paid while the page was open takes no more: the page says so.
    if (typeof card === 'string' && intent.status === 'requires_payment_method')
      confirm(processor, intent, card)
    else if (typeof passed === 'string' && intent.status === 'requires_action')
      finishStep(processor, intent, passed === 'yes')
    const { return_url: returnUrl } = intent.metadata
    const { status } = processor.books.intents.get(intent.id) ?? intent
    // The payer returns when there is nothing left to do here.
    if (returnUrl !== undefined && (status === 'succeeded' || status === 'processing'))
      return c.redirect(returnUrl, 303)
    return c.redirect(`/pay/${intent.id}?client_secret=${encodeURIComponent(secret)}`, 303)
  })
}

/** Without its secret an intent is not found. */
function intentWithSecret(processor: ServedProcessor, id: string, secret: string): IntentRecord {
  const intent = processor.books.intents.get(id)
  if (intent === undefined || intent.secret !== secret)
    throw new Problem('not_found', 'no object has this id')
  return intent
}

function confirm(processor: ServedProcessor, intent: IntentRecord, number: string): IntentRecord {
  const card = behaviourByCard.get(number)
  if (card === undefined) throw new Problem('invalid_request', 'not a card of the sandbox')
  return intentOf(processor.act({ do: 'confirm', intentId: intent.id, card: cardFor(intent, card) }).outcome)
}

/** Names of a sandbox whose refunds fail: the label says so, as the simulated registry's are said how they end. */
const refundFails = /^refundfails-[^.]*\.[^.]+\.sandbox$/

/** A good card that pays for such a name is one whose refunds come back. */
function cardFor({ metadata }: IntentRecord, card: CardBehaviour): CardBehaviour {
  return card === 'approve' && refundFails.test(metadata['name'] ?? '') ? 'refund_fails_later' : card
}

function finishStep(processor: ServedProcessor, intent: IntentRecord, passed: boolean): IntentRecord {
  return intentOf(processor.act({ do: 'finish_step', intentId: intent.id, passed }).outcome)
}
