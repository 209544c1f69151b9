import { leaseRequests } from '@droplock/core/accounts/lease-requests'
import { authenticateApiKey } from '@droplock/core/api-keys'
import type { AuthCodeSecrets } from '@droplock/core/auth-codes/derive'
import type { AccountContext, Context } from '@droplock/core/context'
import type { KeyedRequest } from '@droplock/core/idempotency/keyed-request'
import type { WebhookSecretKey } from '@droplock/core/webhook-endpoints/secret'
import type { HttpEnvironment, HttpVariables, Observing } from '@droplock/http/observe'
import type { InvoiceDocument } from '@droplock/rules/invoices'
import type { PaymentProvider } from '@droplock/rules/ports/payments'
import type { PublicationRule } from '@droplock/rules/schedule/publication'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context as Request } from 'hono'
import { EventHub } from './events/event-hub.ts'
import type { Admission } from './http/admission.ts'
import { type KeyUse, noteKeyUse } from './http/key-use.ts'
import type { ReadLot } from './http/read-lot.ts'
import { type RememberedActors, rememberActors } from './http/remember-actors.ts'
import { openBudgets } from './http/request-budgets.ts'

/** Live and test are two databases; the prefix of a key says which one it belongs to. */
export type Mode = 'live' | 'test'

/** What a mode is served from. Without a payment provider no cards are accepted. */
export type Served = {
  readonly ctx: Context
  readonly provider?: PaymentProvider | undefined
  /** The account of an API key's SHA-256. */
  readonly authenticate: RememberedActors
  /** Notes which keys are used; absent where nobody reads it. */
  readonly keyUse?: KeyUse | undefined
  /** Where lists and searches are read. Left out: over the connections of orders. */
  readonly lot?: ReadLot | undefined
  /** Whether the mode may be served now. Left out: it may. */
  readonly isServed?: (() => boolean) | undefined
  /** Gives the events of the feed to streams. Left out: there are none. */
  readonly hub?: EventHub | undefined
  /** Counts the requests of an account. Left out: they are not limited. */
  readonly takeTurn?: ReturnType<typeof openBudgets> | undefined
}

export function servedFrom(ctx: Context, provider?: PaymentProvider, lot?: ReadLot): Served {
  return {
    ctx,
    provider,
    lot,
    authenticate: rememberActors((key) => authenticateApiKey(ctx, key)),
    takeTurn: openBudgets((wanted) => leaseRequests(ctx, wanted)),
    keyUse: noteKeyUse(ctx),
    hub: new EventHub(ctx),
  }
}

/** Everything that the app gets from outside. */
export type Dependencies = Observing & {
  /** The modes this gateway serves. */
  readonly modes: Readonly<Partial<Record<Mode, Served>>>
  readonly requestMsMax: number
  /** Orders and single reads that are answered at once; further ones are refused. Left out: any number. */
  readonly requestsAtOnceMax?: number
  /** When lists open for orders. Rule 5. */
  readonly publication: PublicationRule | 'at_once'
  /** Draws an invoice in another thread. Throws Refusal('unavailable') when too many are waiting. */
  readonly drawPdf: (invoice: InvoiceDocument) => Promise<Uint8Array<ArrayBuffer>>
  /** Who is let in before any work. Left out: everybody. */
  readonly admission?: Admission
  /** Derive auth codes; absent where the process has no secret for them. */
  readonly authCodes?: AuthCodeSecrets | undefined
  /** Of accounts' webhook endpoints: what their secrets are derived from, and where they may be. Absent where there is no key: none can be made. */
  readonly webhooks?:
    | {
        readonly key: WebhookSecretKey
        /** Why webhooks may not be sent to a URL; undefined: they may. */
        readonly judge: (url: string) => Promise<string | undefined>
      }
    | undefined
  /** Whether the process is about to end and accepts no new requests. */
  readonly draining: () => boolean
}

export type Environment = Pick<HttpEnvironment, 'Bindings'> & {
  /** Beyond `HttpVariables` they are set for operations only, once the key is known. */
  Variables: HttpVariables & {
    mode: Mode
    /** The use cases' context, with the account that acts. */
    ctx: AccountContext
    provider: PaymentProvider | undefined
    /** Of operations that are done once for each Idempotency-Key. */
    keyed: KeyedRequest
    /** Of searches and lists: the database for what is read while an answer is sent. */
    streaming: Pick<AccountContext, 'db'> | undefined
  }
}

export type Gateway = OpenAPIHono<Environment>

export type GatewayRequest = Request<Environment>
