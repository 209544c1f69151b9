import type { Context } from '@droplock/core/context'
import type { MemberSession } from '@droplock/core/members/session-key'
import type { Answered, HttpEnvironment, HttpVariables } from '@droplock/http/observe'
import type { SourceBounds } from '@droplock/http/source-budgets'
import type { Logger } from '@droplock/observability/logger'
import type { Hono } from 'hono'
import type { Auth } from './server/auth.ts'
import type { AuthMails } from './server/auth-mails.ts'
import type { Gateway } from './server/gateway.ts'
import type { Keys } from './server/keys.ts'
import type { Secrets } from './server/older-secrets.ts'
import type { Render } from './server/render.ts'
import type { Streams } from './server/streams.ts'

export type Dependencies = {
  readonly ctx: Context
  readonly auth: Auth
  readonly mails: AuthMails
  readonly gateway: Gateway
  readonly keys: Keys
  readonly render: Render
  readonly streams: Streams
  readonly logger: Logger
  readonly newRequestId: () => string
  readonly measure: (answered: Answered) => void
  readonly draining: () => boolean
  readonly settings: Settings
}

export type Settings = {
  readonly origin: string
  /** Sign cookies and links, and the keys of sessions are derived from them. */
  readonly secrets: Secrets
  readonly folder: string
  readonly requestMsMax: number
  readonly stripeKey: string | undefined
  readonly visitors: SourceBounds
  /** Where customers write to. */
  readonly supportMail: string | undefined
}

export type Environment = HttpEnvironment & {
  Variables: HttpVariables & { session: MemberSession }
}

export type Marketplace = Hono<Environment>
