import { authCodeSecretOf } from '@droplock/core/auth-codes/derive'
import type { AccountActor } from '@droplock/core/context'
import { keyringOf } from '@droplock/core/keys/keyring'
import { newId } from '@droplock/core/new-id'
import { fakeDatabase } from '@droplock/core/testing/fake-database'
import { webhookSecretKeyOf } from '@droplock/core/webhook-endpoints/secret'
import { renderPdf } from '@droplock/invoices/render-pdf'
import { createLogger } from '@droplock/observability/logger'
import { createSandboxProvider } from '@droplock/payments/sandbox/sandbox-provider'
import { scopes } from '@droplock/rules/accounts'
import { openGuard } from '@droplock/webhooks/guard'
import { createApp } from '../../src/app.ts'
import type { Dependencies, Gateway, Served } from '../../src/gateway.ts'
import { rememberActors } from '../../src/http/remember-actors.ts'
import { requireDocumented } from './documented-answers.ts'

export type Ask = {
  readonly method?: string
  readonly path: string
  /** The API key; none is sent without it. */
  readonly key?: string
  /** Sent as JSON unless it is text, which is sent as it is. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** A POST has a new one where it is left out, as those of clients have; null: none is sent. */
  readonly idempotencyKey?: string | null
  /** An edit has `If-Match: *` where neither this nor a condition of its own is given; null: none is sent. */
  readonly ifMatch?: string | null
}

export type Send = (ask: Ask) => Promise<Response>

const SECRET = 'a secret of more than thirty-two characters'

export const testSecret = authCodeSecretOf(SECRET)

const testSecrets = keyringOf([SECRET], authCodeSecretOf)

export const testWebhookKey = webhookSecretKeyOf('another secret of more than thirty-two characters')

/** As on a development machine; every name resolves to a public address. */
const guard = openGuard({ allowsLoopback: true, resolve: async () => ['1.1.1.1'] })

const edits: ReadonlySet<string> = new Set(['PUT', 'PATCH', 'DELETE'])

export const requestIdMade = 'made-by-the-gateway'

export type TestApp = {
  /** For routes that only a test has. */
  readonly app: Gateway
  readonly send: Send
  /** `env`: what the server gives with a request, Node's own among it. */
  readonly fetch: (request: Request, env?: object) => Response | Promise<Response>
  readonly logged: () => readonly unknown[]
}

/** The app without a server, with a log that is kept. `send` throws where an answer is not as the document describes it. */
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
    publication: { timeZone: 'UTC', from: '09:30', to: '10:00' },
    draining: () => false,
    authCodes: testSecrets,
    webhooks: { key: testWebhookKey, judge: guard.judgeResolved },
    // Without a thread of its own, which takes longer to start than most tests.
    drawPdf: async (invoice) => new Uint8Array(await renderPdf(invoice)),
    ...overrides,
  })
  return {
    app,
    fetch: (request, env) => app.fetch(request, env),
    send: async ({
      method = 'GET',
      path,
      key,
      body,
      headers = {},
      idempotencyKey = newId(),
      ifMatch = '*',
    }) => {
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
      const response = await app.request(path, {
        method,
        headers: {
          ...(key !== undefined && { Authorization: `Bearer ${key}` }),
          ...(text !== undefined && { 'Content-Type': 'application/json' }),
          ...(method === 'POST' && idempotencyKey !== null && { 'Idempotency-Key': idempotencyKey }),
          ...(edits.has(method) &&
            ifMatch !== null &&
            !('If-None-Match' in headers) && { 'If-Match': ifMatch }),
          ...headers,
        },
        ...(text !== undefined && { body: text }),
      })
      await requireDocumented(method, path, response)
      return response
    },
    logged: () => lines.map((line): unknown => JSON.parse(line)),
  }
}

export const someKey = `dlk_test_${'k'.repeat(43)}`

const actor: AccountActor = {
  kind: 'account',
  accountId: '01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44',
  keyId: '01985f3a-7c4e-7d10-8a52-3b1f0c9d2e45',
  scopes,
  currency: 'USD',
}

/** A mode in which every key is known, and whose every statement has the rows of `answer` or fails as it does. */
export function answering(answer: () => Promise<readonly object[]>): Served {
  return {
    ctx: { db: fakeDatabase(answer), newId },
    // Nothing listens there: whatever opens a payment fails before it asks.
    provider: createSandboxProvider({ url: 'http://127.0.0.1:1', apiKey: 'unused', webhookSecret: 'unused' }),
    authenticate: rememberActors(async () => actor),
  }
}

/** The same where every statement fails. */
export function failing(error: unknown): Served {
  return answering(async () => {
    throw error
  })
}

/** A mode that is asked for nothing. */
export const notReached = failing(new Error('not reached'))

/** Sends to a gateway whose database must not be reached. */
export const sendUnreached: Send = createTestApp({ test: notReached }).send
