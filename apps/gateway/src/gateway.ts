import type { AccountActor } from '@droplock/core/context'
import type { HttpEnvironment, HttpVariables, Observing } from '@droplock/http/observe'
import type { InvoiceDocument } from '@droplock/rules/invoices'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Services } from './services.ts'

/** Live and test are two databases; the prefix of a key says which one it belongs to. */
export type Mode = 'live' | 'test'

/** All that the app is given from outside. */
export type Dependencies = Observing & {
  /** The modes this gateway serves. */
  readonly modes: Readonly<Partial<Record<Mode, Services>>>
  readonly requestMsMax: number
  /** Draws an invoice elsewhere than in this thread. Throws Refusal('unavailable') when there is too much to draw. */
  readonly drawPdf: (invoice: InvoiceDocument) => Promise<Uint8Array<ArrayBuffer>>
  /** Whether the process is about to end and wants no new requests. */
  readonly draining: () => boolean
}

export type Environment = Pick<HttpEnvironment, 'Bindings'> & {
  Variables: HttpVariables & {
    /** The two are set for operations only, once the key is known. */
    actor: AccountActor
    services: Services
  }
}

export type Gateway = OpenAPIHono<Environment>
