import type { WideEvent } from '@droplock/observability/wide-event'
import type { Context } from 'hono'
import type { Asker } from './source.ts'

/** What `observe` gives to every request. An app adds its own variables to these. */
export type HttpVariables = {
  requestId: string
  event: WideEvent
}

export type HttpEnvironment = {
  /** What the server says of the connection; nothing without one. */
  Bindings: Partial<Asker>
  Variables: HttpVariables
}

/** The part of a request's context that answering needs: whatever more an app has put in it does not matter. */
export type Answering = Pick<Context<HttpEnvironment>, 'var' | 'env' | 'header' | 'body'>
