import { createLogger } from '@droplock/observability/logger'
import { createApp } from '../../src/app.ts'
import type { Dependencies } from '../../src/gateway.ts'
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

/** The app without a server, with a log that is kept. */
export function createTestApp(
  modes: Dependencies['modes'],
  overrides: Partial<Dependencies> = {},
): { readonly send: Send; readonly logged: () => readonly unknown[] } {
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
    ...overrides,
  })
  return {
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
    authenticate: async () => ({
      kind: 'account',
      accountId: '01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44',
      keyId: '01985f3a-7c4e-7d10-8a52-3b1f0c9d2e45',
      scopes: [],
      currency: 'USD',
    }),
    searchListings: fail,
    getListing: fail,
    placeBackorder: fail,
    listBackorders: fail,
    getBackorder: fail,
    getBalance: fail,
    listTransactions: fail,
    probe: fail,
  }
}
