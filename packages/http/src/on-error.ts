import { IncomingMessage } from 'node:http'
import { errors } from '@droplock/contracts/errors'
import { Refusal, type RefusalCode } from '@droplock/rules/refusals'
import { HTTPException } from 'hono/http-exception'
import type { Answering } from './environment.ts'
import { refuse } from './refuse.ts'

/**
 * Every error of every request ends here: refusals are told, all else is logged and says nothing of the inside.
 * `isUnreachable` knows the errors of a database that is away, which pass.
 */
export function onErrorOf(isUnreachable: (error: unknown) => boolean) {
  return (error: Error, c: Answering): Response => {
    if (error instanceof Refusal) {
      // A refusal that stands for trouble of ours carries it as its cause, which nobody else logs. A crowd at one name
      // (`try_again`) is no trouble.
      if (error.cause !== undefined && error.code !== 'try_again') c.var.event.fail(error)
      return refuse(c, error)
    }
    // Whatever else went wrong of it: a request that has not arrived was not served, and no fault of ours.
    const incoming = incomingOf(c)
    if (incoming?.complete === false) {
      if (incoming.destroyed) c.var.event.add({ client_gone: true })
      return refuse(c, new Refusal('request_timeout', errors.request_timeout.doc))
    }
    if (error instanceof HTTPException) {
      const code = codeOfStatus[error.status]
      if (code !== undefined) return refuse(c, new Refusal(code, errors[code].doc))
    }
    c.var.event.fail(error)
    const code = isUnreachable(error) ? 'unavailable' : 'internal_error'
    return refuse(c, new Refusal(code, errors[code].doc))
  }
}

/** Node's request, where there is one: a test calls the app without. `complete`: the whole body has been received. */
function incomingOf(c: Answering): IncomingMessage | undefined {
  const incoming: unknown = Object(c.env).incoming
  return incoming instanceof IncomingMessage ? incoming : undefined
}

/** The framework's own refusals, by the status it gives them; 504 is a request that took too long. */
const codeOfStatus: Readonly<Partial<Record<number, RefusalCode>>> = {
  400: 'malformed_json',
  413: 'request_too_large',
  415: 'unsupported_media_type',
  504: 'unavailable',
}
