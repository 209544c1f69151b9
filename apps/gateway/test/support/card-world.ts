import { handleProviderEvent } from '@droplock/core/payment-provider/handle-events'
import { runProviderTask } from '@droplock/core/payment-provider/run-tasks'
import { sendRefund } from '@droplock/core/refunds/send'
import { listen } from '@droplock/http/listen'
import { createSandboxControl, type SandboxControl } from '@droplock/payments/sandbox/sandbox-control'
import { createSandboxProvider } from '@droplock/payments/sandbox/sandbox-provider'
import { startSandboxProvider } from '@droplock/payments/sandbox/start-sandbox-provider'
import { startStandIn } from '@droplock/payments/stand-in/start-stand-in'
import { createStripeProvider } from '@droplock/payments/stripe/stripe-provider'
import type { PaymentProvider } from '@droplock/rules/ports/payments'
import { afterAll, beforeAll, expect } from 'vitest'
import { servedFrom } from '../../src/gateway.ts'
import { BackorderDetail, PlacedBackorder } from '../../src/resources/backorders.ts'
import { createTestApp, type TestApp } from './app.ts'
import { order } from './requests.ts'
import { type Customer, givenCustomer, givenListings, openWorld, type World } from './world.ts'

/** Of the sandbox, by what they do. */
export const cards = {
  approve: '4242424242424242',
  decline: '4000000000000002',
  extraStep: '4000002500003155',
  late: '4000000000001000',
} as const

/** What a payer's page is given. */
type Payable = { readonly client_secret?: string | undefined }

/** A running provider, and the payer. */
type Processor = {
  readonly provider: PaymentProvider
  pay(payment: Payable, card: keyof typeof cards): Promise<void>
  finishStep(payment: Payable, passed: boolean): Promise<void>
  /** The bank of a late card decides. */
  settle(payment: Payable): Promise<void>
  webhooksIdle(): Promise<void>
  stop(): Promise<void>
}

type OpenProcessor<Kind extends Processor> = (webhookUrl: () => string | undefined) => Promise<Kind>

export type CardWorld<Kind extends Processor = Processor> = World &
  Omit<Kind, 'stop'> & {
    /** Where the gateway listens: the provider's events come over the network. */
    readonly url: string
    readonly databaseUrl: string
    readonly contextOf: Awaited<ReturnType<typeof openWorld>>['contextOf']
    readonly logged: TestApp['logged']
    /** Does the worker's jobs at once instead of when they are due: handles the provider's events, and sends it its requests and refunds. */
    work(): Promise<void>
  }

/** A gateway that takes cards, on a database of its own, with a provider that reaches it over HTTP. */
function useCardWorld<Kind extends Processor>(openProcessor: OpenProcessor<Kind>): () => CardWorld<Kind> {
  let made: CardWorld<Kind> | undefined
  const closing: (() => Promise<void>)[] = []
  beforeAll(async () => {
    const { ctx, contextOf, drop, url: databaseUrl } = await openWorld()
    let url: string | undefined
    const processor = await openProcessor(() => url && `${url}/webhooks/payments/test`)
    const app = createTestApp({ test: servedFrom(contextOf('gateway'), processor.provider) })
    const server = await listen(app.fetch, { host: '127.0.0.1', port: 0 })
    url = server.url
    closing.push(processor.stop, () => server.close(0), drop)
    const worker = contextOf('worker')
    const work = async () => {
      await processor.webhooksIdle()
      await makeDue(ctx.db)
      await untilNone(() => handleProviderEvent(worker, processor.provider))
      await untilNone(() => runProviderTask(worker, processor.provider))
      await untilNone(() => sendRefund(worker, processor.provider))
    }
    made = { ...processor, ctx, contextOf, url, databaseUrl, send: app.send, logged: app.logged, work }
  })
  afterAll(async () => {
    for (const close of closing) await close()
  })
  return () => {
    if (made === undefined) throw new Error('the world is made before the first test, not before the file')
    return made
  }
}

async function makeDue(db: World['ctx']['db']): Promise<void> {
  const past = { try_after: new Date(0) }
  await db.updateTable('provider_event').set(past).where('handled_at', 'is', null).execute()
  await db.updateTable('provider_task').set(past).where('done_at', 'is', null).execute()
}

/** A bound for loops that end by themselves. */
const roundsMax = 1_000

async function untilNone(work: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < roundsMax; round += 1) if (!(await work())) return
  throw new Error('there was no end of it')
}

/** As the provider's script in a browser does: the id is the first part of the secret. */
function browser({ client_secret: clientSecret = '' }: Payable) {
  const [providerId = ''] = clientSecret.split('_secret_')
  return { providerId, clientSecret }
}

const apiKey = 'sandbox-key-Abcdefghij'
export const sandboxWebhookSecret = 'sandbox-webhook-Abcdefghij'

type SandboxProcessor = Processor & Pick<SandboxControl, 'fault' | 'resend'>

/** With the sandbox provider. */
export function useSandboxWorld(): () => CardWorld<SandboxProcessor> {
  return useCardWorld(async (webhookUrl) => {
    const keys = { apiKey, webhookSecret: sandboxWebhookSecret }
    const server = await startSandboxProvider({ port: 0, ...keys, webhookUrl, laterMs: 'by_hand' })
    const control = createSandboxControl(server.url, apiKey)
    return {
      provider: createSandboxProvider({ url: server.url, ...keys }),
      pay: async (payment, card) => {
        await control.pay(browser(payment), cards[card])
      },
      finishStep: async (payment, passed) => {
        await control.finishStep(browser(payment), passed)
      },
      settle: (payment) => control.settle(browser(payment).providerId),
      fault: control.fault,
      resend: control.resend,
      webhooksIdle: server.webhooksIdle,
      stop: server.stop,
    }
  })
}

export const stripeWebhookSecret = 'whsec_standinAbcdefghij'

const behaviours = { approve: 'approve', decline: 'decline', extraStep: 'extra_step', late: 'late' } as const

/** With the Stripe adapter and its library, on a server that speaks Stripe's protocol. */
export function useStripeWorld(): () => CardWorld {
  return useCardWorld(async (webhookUrl) => {
    const keys = { secretKey: 'sk_test_standinAbcdefghij', webhookSecret: stripeWebhookSecret }
    const standIn = await startStandIn({ ...keys, webhookUrl })
    return {
      provider: createStripeProvider({ ...keys, publishableKey: 'pk_test_standin', server: standIn.server }),
      pay: async (payment, card) => {
        standIn.act({ do: 'confirm', intentId: browser(payment).providerId, card: behaviours[card] })
      },
      finishStep: async (payment, passed) => {
        standIn.act({ do: 'finish_step', intentId: browser(payment).providerId, passed })
      },
      settle: async (payment) => {
        standIn.act({ do: 'settle', objectId: browser(payment).providerId })
      },
      webhooksIdle: standIn.webhooksIdle,
      stop: standIn.stop,
    }
  })
}

/** A name ordered by card by a customer without a balance. */
export async function orderByCard({ ctx, send }: CardWorld, name: string, customer?: Customer) {
  await givenListings(ctx, [name])
  const { key } = customer ?? (await givenCustomer(ctx, { balanceMinor: 0n }))
  const response = await send(order(name, key, 'card'))
  expect(response.status).toBe(201)
  const { payment, ...backorder } = PlacedBackorder.parse(await response.json())
  if (payment === undefined) throw new Error('an order by card has a payment')
  const path = response.headers.get('Location') ?? ''
  const read = async () => BackorderDetail.parse(await (await send({ path, key })).json())
  return { backorder, payment, key, path, read }
}
