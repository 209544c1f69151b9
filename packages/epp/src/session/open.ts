import { isSuccess } from '@droplock/rules/drop/result-codes'
import type { Clock } from '../clock.ts'
import { type Credentials, loginXml } from '../commands/session.ts'
import { readSecurityEvents, type SecurityEvent } from '../extensions/login-sec.ts'
import { encodeFrame } from '../framing.ts'
import type { Permit } from '../pool/limits.ts'
import { redactSecrets } from '../redact.ts'
import type { Greeting } from '../responses/greeting.ts'
import { agreeServices, type Dialect } from './dialect.ts'
import type { Exchange } from './exchange.ts'
import { type OnExchange, Session, type SessionTimes } from './session.ts'
import type { Endpoint, OpenWire, TlsTickets } from './wire.ts'

export type SessionConfig = {
  readonly credentials: Credentials
  readonly lang: string
  /** Extensions to log in with if the registry offers them. */
  readonly extensions: readonly string[]
  readonly windowMax: number
  readonly times: SessionTimes
}

type SessionDeps = {
  readonly clock: Clock
  readonly newClTRID: () => string
  readonly openWire: OpenWire
  readonly endpoint: Endpoint
  readonly tickets: TlsTickets
  /** The dialect for the extensions in the login; the same object for the same extensions. */
  dialect(extensions: readonly string[]): Dialect
  /** The login's place in the account's rate: it counts as a command. */
  permit(): Promise<Permit>
  /** Checked before every frame. Default: always. */
  maySend?(): boolean
  readonly onExchange?: OnExchange | undefined
  onEnd(session: Session, reason: string, code?: number): void
  onSecurityEvent?(event: SecurityEvent): void
  /** Called with the registry's greeting, before the login. */
  onGreeting?(greeting: Greeting): void
}

/** No session was opened. `code` is the registry's, when it answered. */
export class SessionRefused extends Error {
  readonly code: number | undefined
  /** Resolves when the registry no longer counts the connection. */
  readonly gone: Promise<void>

  constructor(reason: string, gone: Promise<void>, code?: number) {
    super(reason)
    this.name = 'SessionRefused'
    this.code = code
    this.gone = gone
  }
}

/** Connects, reads the greeting, logs in. Rejects with `SessionRefused`. RFC 5730 §2.9.1.1, RFC 5734 §2. */
export async function openSession(
  config: SessionConfig,
  deps: SessionDeps,
  signal: AbortSignal,
): Promise<Session> {
  const session = new Session(config, deps)
  const abort = () => session.end('the opening of the session was aborted')
  signal.addEventListener('abort', abort, { once: true })
  const { openWire, endpoint, clock, tickets } = deps
  try {
    // Awaited from the start: the greeting may arrive together with the end of the handshake.
    const greeted = session.awaitGreeting()
    session.connected(await openWire(endpoint, config.times, clock, tickets, session))
    const exchange = await greeted
    const greeting = greetingOf(exchange)
    session.greeted(greeting, exchange)
    deps.onGreeting?.(greeting)
    await logIn(session, greeting, config, deps)
    return session
  } catch (error) {
    const { password, newPassword } = config.credentials
    const secrets = newPassword === undefined ? [password] : [password, newPassword]
    const reason = redactSecrets(error instanceof Error ? error.message : String(error), secrets)
    session.end(reason)
    throw new SessionRefused(reason, session.gone, error instanceof LoginRefused ? error.code : undefined)
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

class LoginRefused extends Error {
  readonly code: number

  constructor(code: number, message: string) {
    super(`login refused: ${code} ${message}`)
    this.code = code
  }
}

function greetingOf(exchange: Exchange): Greeting {
  if (exchange.kind === 'answered' && exchange.message.kind === 'greeting') return exchange.message.greeting
  throw new Error(exchange.kind === 'answered' ? 'no greeting came' : exchange.reason)
}

async function logIn(
  session: Session,
  greeting: Greeting,
  config: SessionConfig,
  deps: SessionDeps,
): Promise<void> {
  const terms = agreeServices(greeting, config)
  const clTRID = deps.newClTRID()
  const frame = encodeFrame(loginXml(config.credentials, terms, clTRID))
  const permit = await deps.permit()
  const exchange = await session.request('login', {
    frame,
    clTRID,
    expects: 'response',
    timeoutMs: config.times.loginMsMax,
    onSend: () => permit.sent(),
  })
  if (exchange.kind === 'not_sent') permit.giveBack()
  if (exchange.kind !== 'answered') throw new Error(exchange.reason)
  permit.answered()
  if (exchange.message.kind !== 'response') throw new Error('no answer to the login came')
  const { response } = exchange.message
  for (const event of readSecurityEvents(response)) deps.onSecurityEvent?.(event)
  const [result] = response.results
  if (!isSuccess(result.code)) throw new LoginRefused(result.code, result.message)
  session.loggedIn(deps.dialect(terms.extensions))
}
