import { renderPdf } from '@droplock/invoices/render-pdf'
import { createLogger } from '@droplock/observability/logger'
import { createApp } from '../../src/app.ts'
import type { Dependencies } from '../../src/gateway.ts'
import { rememberActors } from '../../src/http/remember-actors.ts'
import type { Services } from '../../src/services.ts'

export type Ask = {
  readonly method?: string
  readonly path: string
  /** The API key; none is sent without it. */
  readonly key?: string
  /** Sent as JSON unless it is text, which is sent as it is. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export type Send = (ask: Ask) => Promise<Response>

export const requestIdMade = 'made-by-the-gateway'

export type TestApp = {
  readonly send: Send
  /** `env`: what the server gives with a request, Node's own among it. */
  readonly fetch: (request: Request, env?: object) => Response | Promise<Response>
  readonly logged: () => readonly unknown[]
}

/** The app without a server, with a log that is kept. */
export function createTestApp(modes: Dependencies['modes'], overrides: Partial<Dependencies> = {}): TestApp {
  const lines: string[] = []
  const app = createApp({
    modes,
    logger: createLogger({
      app: 'gateway',
      level: 'info',
      pretty: false,
      destination: { write: (line) => void lines.push(line) },
    }),
    newRequestId: () => requestIdMade,
    requestMsMax: 20_000,
    draining: () => false,
    // Without a thread of its own, which takes longer to start than most tests.
    drawPdf: async (invoice) => new Uint8Array(await renderPdf(invoice)),
    ...overrides,
  })
  return {
    fetch: (request, env) => app.fetch(request, env),
    send: async ({ method = 'GET', path, key, body, headers = {} }) => {
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
      return app.request(path, {
        method,
        headers: {
          ...(key !== undefined && { Authorization: `Bearer ${key}` }),
          ...(text !== undefined && { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(text !== undefined && { body: text }),
      })
    },
    logged: () => lines.map((line): unknown => JSON.parse(line)),
  }
}

export const someKey = `dlk_test_${'k'.repeat(43)}`

/** Use cases of which each throws `error`; a key is known. For what the gateway does when something else goes wrong. */
export function failing(error: unknown): Services {
  const fail = async (): Promise<never> => {
    throw error
  }
  return {
    authenticate: rememberActors(async () => ({
      kind: 'account',
      accountId: '01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44',
      keyId: '01985f3a-7c4e-7d10-8a52-3b1f0c9d2e45',
      scopes: [],
      currency: 'USD',
    })),
    searchListings: fail,
    getListing: fail,
    placeBackorder: fail,
    holdBackorder: fail,
    listBackorders: fail,
    getBackorder: fail,
    listAttempts: fail,
    releaseBackorder: fail,
    payBackorder: fail,
    payRenewal: fail,
    payForName: fail,
    getPayment: fail,
    quoteRenewal: fail,
    orderRenewal: fail,
    listRenewals: fail,
    getRenewal: fail,
    topUp: fail,
    getBalance: fail,
    listTransactions: fail,
    getStatement: fail,
    getForecast: fail,
    watchName: fail,
    unwatchName: fail,
    listWatches: fail,
    getBillingProfile: fail,
    putBillingProfile: fail,
    requestInvoice: fail,
    listInvoices: fail,
    getInvoice: fail,
    receiveEvent: fail,
    probe: fail,
  }
}
