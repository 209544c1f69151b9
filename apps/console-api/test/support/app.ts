import type { Context } from '@droplock/core/context'
import type { Reads } from '@droplock/core/database/reads'
import { keyringOf } from '@droplock/core/keys/keyring'
import { secretBoxOf } from '@droplock/core/keys/secret-box'
import { renderPdf } from '@droplock/invoices/render-pdf'
import { createLogger } from '@droplock/observability/logger'
import { totpStepOf } from '@droplock/passwords/totp'
import { usualAccess } from '@droplock/rules/staff'
import { createApp } from '../../src/app.ts'
import { ChangeHub } from '../../src/changes/change-hub.ts'
import type { Dependencies, Settings } from '../../src/console-api.ts'

/** A JSON body that is sent as it is written. */
export class Verbatim {
  readonly json: string

  constructor(json: string) {
    this.json = json
  }
}

export type Ask = {
  readonly method?: string
  readonly path: string
  /** Sent as JSON, by its text where it is `Verbatim`. */
  readonly body?: unknown
  /** Sent as a file. */
  readonly file?: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>
  readonly headers?: Readonly<Record<string, string>>
  /** Where it comes from. */
  readonly source?: string
}

export type Send = (ask: Ask) => Promise<Response>

export type TestApp = {
  readonly send: Send
  readonly logged: () => readonly unknown[]
  /** Follows what changes, for its streams, until the signal aborts. */
  readonly follow: (signal: AbortSignal) => Promise<void>
}

const settings: Settings = {
  mode: 'test',
  secure: false,
  consoleFolder: '/nowhere',
  access: usualAccess,
  secondFactors: {
    boxes: keyringOf(['a key of tests that everybody may know'], secretBoxOf),
    stepOf: totpStepOf,
  },
  requestMsMax: 60_000,
  uploadMsMax: 20_000,
  publicationMsMax: 20_000,
  writeMsMax: 20_000,
  uploadBytesMax: 1_000_000,
  publication: 'at_once',
  timeZone: 'UTC',
}

/** What an app may have beside its database. */
export type Beside = Partial<Pick<Dependencies, 'mails' | 'provider'>>

/** The app without a server, with a log that is kept. */
export function createTestApp(
  ctx: Context,
  overrides: Partial<Settings> = {},
  draining = false,
  reads?: Reads,
  beside: Beside = {},
): TestApp {
  const lines: string[] = []
  const logger = createLogger({
    app: 'console-api',
    level: 'info',
    pretty: false,
    destination: { write: (line) => void lines.push(line) },
  })
  const changes = new ChangeHub(ctx, logger)
  const app = createApp({
    ctx,
    changes,
    reads,
    ...beside,
    drawPdf: renderPdf,
    logger,
    newRequestId: () => 'made-here',
    draining: () => draining,
    settings: { ...settings, ...overrides },
  })
  return {
    send: async (ask) =>
      app.request(ask.path, initOf(ask), ask.source === undefined ? {} : { source: ask.source }),
    follow: (signal) => changes.follow(signal),
    logged: () => lines.map((line): unknown => JSON.parse(line)),
  }
}

function initOf({ method = 'GET', body, file, headers = {} }: Ask): RequestInit {
  const sent =
    file !== undefined
      ? { body: file, headers: { 'Content-Type': 'application/octet-stream', ...headers } }
      : body !== undefined
        ? {
            body: body instanceof Verbatim ? body.json : JSON.stringify(body),
            headers: { 'Content-Type': 'application/json', ...headers },
          }
        : { headers }
  // A stream is sent while the answer may already come.
  return { method, ...sent, ...(file instanceof ReadableStream && { duplex: 'half' }) } as RequestInit
}
