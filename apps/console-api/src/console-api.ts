import type { Context, StaffContext } from '@droplock/core/context'
import type { HttpEnvironment, HttpVariables, Observing } from '@droplock/http/observe'
import type { PublicationRule } from '@droplock/rules/schedule/publication'
import type { OpenAPIHono } from '@hono/zod-openapi'

/** All that the app is given from outside. */
export type Dependencies = Observing & {
  readonly ctx: Context
  /** Whether the process is about to end and wants no new requests. */
  readonly draining: () => boolean
  readonly settings: Settings
}

export type Settings = {
  /** Of the database: what a test issues says so. */
  readonly mode: 'live' | 'test'
  /** Whether people reach the console by https. */
  readonly secure: boolean
  readonly consoleFolder: string
  readonly requestMsMax: number
  readonly uploadMsMax: number
  /** Whoever takes nothing of an answer for this long is cut off. */
  readonly writeMsMax: number
  readonly uploadBytesMax: number
  /** When an uploaded list opens for orders (rule 5), and whose calendar says which of its dates are past. */
  readonly publication: PublicationRule | 'at_once'
  readonly timeZone: string
}

export type Environment = Pick<HttpEnvironment, 'Bindings'> & {
  Variables: HttpVariables & {
    /** Set behind the sign-in: the use cases' context, with who acts. */
    ctx: StaffContext
    /** The session's token, which its CSRF token is derived from. */
    token: string
    expiresAt: Date
  }
}

export type ConsoleApi = OpenAPIHono<Environment>
