import { randomUUID } from 'node:crypto'
import type {
  ConnectFailure,
  ConnectionFailed,
  ConnectionFindings,
  ConnectionStep,
  ConnectionSucceeded,
} from '@droplock/rules/connection-tests'
import { systemClock } from './clock.ts'
import { inheritedWaitMs, TIMES } from './connect.ts'
import { clockOffset, sampleOf } from './pool/clock.ts'
import { PERMANENT_CODES } from './pool/session-supervisor.ts'
import type { RegistrarConfig } from './profiles/registrar-config.ts'
import type { Greeting } from './responses/greeting.ts'
import { DEFAULT_EXTENSIONS, dialectOf } from './session/dialect.ts'
import { openSession, SessionRefused } from './session/open.ts'
import type { OnExchange, Session } from './session/session.ts'
import { type Endpoint, type OpenWire, openWire, type ServerCertificate } from './session/wire.ts'

export type TriedConnection =
  | ConnectionSucceeded
  | (ConnectionFailed & {
      /** Trying again cannot help: wrong password, locked account, services that are not offered. */
      readonly isPermanent: boolean
    })

type Deps = {
  /** Whether this process may send now; see `connectRegistrar`. */
  readonly maySend: () => boolean
  readonly signal: AbortSignal
  readonly onExchange?: OnExchange
  /** Called when a step begins, with what is known by then. */
  readonly onStep: (step: ConnectionStep, findings: ConnectionFindings) => void
}

/**
 * Opens one session, asks for a greeting, and ends it, and reports all that the registry says meanwhile. A login is sent once at
 * most: registries count wrong passwords. Hosts are tried in their order until one opens a connection. Resolves when the
 * registry no longer counts the connection.
 */
export async function tryConnection(config: RegistrarConfig, deps: Deps): Promise<TriedConnection> {
  const probe = new Probe(deps)
  const endpoints = [config.endpoint, ...(config.alternates ?? [])]
  for (const [index, endpoint] of endpoints.entries()) {
    const tried = await tryEndpoint(config, endpoint, probe, deps)
    const isLast = index === endpoints.length - 1
    if (tried.kind === 'succeeded' || tried.step !== 'connect' || isLast) return tried
  }
  throw new RangeError('an account has a host')
}

async function tryEndpoint(
  config: RegistrarConfig,
  endpoint: Endpoint,
  probe: Probe,
  { maySend, signal, onExchange }: Deps,
): Promise<TriedConnection> {
  const times = { ...TIMES, ...config.times }
  probe.begin('connect')
  let session: Session | undefined
  try {
    session = await openSession(
      {
        credentials: config.credentials,
        lang: config.lang ?? 'en',
        extensions: config.extensions ?? DEFAULT_EXTENSIONS,
        windowMax: 1,
        times,
      },
      {
        clock: systemClock,
        newClTRID: () => `s-${randomUUID()}`,
        openWire: probe.watch(endpoint),
        endpoint,
        // Without an earlier connection to resume, so that the certificate is shown and checked.
        tickets: {},
        dialect: (extensions) => dialectOf(extensions),
        permit: async () => {
          // Those who sent at the full rate until now were ours.
          await pause(inheritedWaitMs(config))
          return { sent: () => undefined, answered: () => undefined, giveBack: () => undefined }
        },
        maySend,
        onExchange,
        onGreeting: (greeting) => probe.greeted(greeting),
        onEnd: () => undefined,
      },
      signal,
    )
    probe.begin('hello')
    await pause(Math.max(gapMsOf(config), config.limits.loginPauseMs ?? 0))
    await measure(session, probe)
    probe.done()
    await pause(gapMsOf(config))
    await session.logOut()
    await session.gone
    return { kind: 'succeeded', findings: probe.findings }
  } catch (error) {
    session?.end('the connection was tried')
    await (error instanceof SessionRefused ? error.gone : session?.gone)
    const code = error instanceof SessionRefused ? error.code : undefined
    const message = error instanceof Error ? error.message : String(error)
    const isPermanent = code !== undefined && PERMANENT_CODES.has(code)
    return { kind: 'failed', step: probe.step, findings: probe.findings, code, message, isPermanent }
  }
}

async function measure(session: Session, probe: Probe): Promise<void> {
  const exchange = await session.hello()
  if (exchange.kind !== 'answered') throw new Error(exchange.reason)
  if (exchange.message.kind !== 'greeting') throw new Error('no greeting came')
  const sample = sampleOf(exchange)
  if (sample === undefined) return
  const { offsetMs, errorMs } = clockOffset([sample], systemClock)
  probe.findings = { ...probe.findings, clock: { offsetMs, errorMs } }
}

/** What is found, step by step. */
class Probe {
  readonly #onStep: Deps['onStep']
  #sinceMs = systemClock.nowMs()
  step: ConnectionStep = 'connect'
  findings: ConnectionFindings = { hosts: [], steps: [] }

  constructor({ onStep }: Deps) {
    this.#onStep = onStep
  }

  begin(step: ConnectionStep): void {
    if (step !== 'connect') this.done()
    this.step = step
    this.#sinceMs = systemClock.nowMs()
    this.#onStep(step, this.findings)
  }

  /** The step has ended well. */
  done(): void {
    const tookMs = Math.round(systemClock.nowMs() - this.#sinceMs)
    this.findings = { ...this.findings, steps: [...this.findings.steps, { step: this.step, tookMs }] }
  }

  greeted({ serverName, serverDate, versions, langs, objects, extensions }: Greeting): void {
    const serverTime = serverDate?.date.toISOString()
    const greeting = { serverName, versions, langs, objects, extensions, ...(serverTime && { serverTime }) }
    this.findings = { ...this.findings, greeting }
    this.begin('login')
  }

  /** Notes the host, and what its certificate is or why there is no connection. */
  watch({ host, port }: Endpoint): OpenWire {
    return async (...args) => {
      try {
        const wire = await openWire(...args)
        this.#tried({ host, port }, wire.certificate?.())
        this.begin('greeting')
        return wire
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        this.#tried({ host, port, failure: failureOf(error), message })
        throw error
      }
    }
  }

  #tried(host: ConnectionFindings['hosts'][number], certificate?: ServerCertificate): void {
    const hosts = [...this.findings.hosts, host]
    const shown = certificate && { ...certificate, expiresAt: certificate.expiresAt.toISOString() }
    this.findings = { ...this.findings, hosts, ...(shown && { certificate: shown }) }
  }
}

/** Errors of sockets name a system call; those of OpenSSL about a certificate name it. */
function failureOf(error: unknown): ConnectFailure {
  const code = codeOf(error)
  if (error instanceof Error && 'syscall' in error && code !== 'ECONNRESET') return 'unreachable'
  if (/CERT|SELF_SIGNED|UNABLE_TO|ISSUER|ALTNAME/.test(code)) return 'certificate_refused'
  return code === '' && /no TLS connection within/.test(String(error)) ? 'unreachable' : 'tls_failed'
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** Between two commands, so that the limits of the account are kept. */
function gapMsOf({ limits }: RegistrarConfig): number {
  return Math.max(limits.sessionGapMs ?? 0, 1_000 / limits.commandsPerSecondMax)
}

function pause(ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  systemClock.after(ms, resolve)
  return promise
}
