import type { Context, StaffContext } from '@droplock/core/context'
import type { Reads } from '@droplock/core/database/reads'
import type { SecondFactors } from '@droplock/core/staff/second-factor/codes'
import type { HttpEnvironment, HttpVariables, Observing } from '@droplock/http/observe'
import type { InvoiceDocument } from '@droplock/rules/invoices'
import type { MailSender } from '@droplock/rules/ports/mail'
import type { PublicationRule } from '@droplock/rules/schedule/publication'
import type { AccessPolicy } from '@droplock/rules/staff'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { ChangeHub } from './changes/change-hub.ts'
import type { IdentityProvider } from './identity-provider/identity-provider.ts'

/** Everything that the app gets from outside. */
export type Dependencies = Observing & {
  readonly ctx: Context
  /** What uploads, publishes and discards lists, which takes longer than other requests. Left out: `ctx`. */
  readonly listsContext?: Context
  /** The connections of lists, overviews and exports. Left out: those of `ctx`. */
  readonly reads?: Reads | undefined
  /** What changes, for open windows. Left out: there are no streams. */
  readonly changes?: ChangeHub | undefined
  /** The connections of files of one moment, each held until its file ends. Left out: `reads`. */
  readonly snapshots?: Reads | undefined
  /** Signs people in by OpenID Connect. Left out where none is configured. */
  readonly provider?: IdentityProvider | undefined
  /** Sends links to people. Left out where there is no mail server: links are shown once instead. */
  readonly mails?: MailSender | undefined
  /** Draws a PDF in another thread. */
  readonly drawPdf: (invoice: InvoiceDocument) => Promise<Uint8Array<ArrayBuffer>>
  /** Whether the process is about to end and accepts no new requests. */
  readonly draining: () => boolean
  readonly settings: Settings
}

export type Settings = {
  /** The mode of the database; invoices of a test database say so. */
  readonly mode: 'live' | 'test'
  /** Whether the console is opened by https. */
  readonly secure: boolean
  /** Where people open the console; left out where nobody has said so. */
  readonly publicOrigin?: string | undefined
  readonly consoleFolder: string
  /** What is required of sessions. */
  readonly access: AccessPolicy
  /** What second factors are encrypted and checked with. */
  readonly secondFactors: SecondFactors
  readonly requestMsMax: number
  readonly uploadMsMax: number
  /** A person waits for a publication so long; a longer one is completed by a worker. */
  readonly publicationMsMax: number
  /** A client that reads nothing of an answer for this long is disconnected. */
  readonly writeMsMax: number
  readonly uploadBytesMax: number
  /** When an uploaded list opens for orders (rule 5), and the time zone that says which of its dates are past. */
  readonly publication: PublicationRule | 'at_once'
  readonly timeZone: string
}

export type Environment = Pick<HttpEnvironment, 'Bindings'> & {
  Variables: HttpVariables & {
    /** Set behind the sign-in: the context of the use cases, with the staff member who acts. */
    ctx: StaffContext
    /** The session's token, from which its CSRF token is derived. */
    token: string
    expiresAt: Date
  }
}

export type ConsoleApi = OpenAPIHono<Environment>
