import { randomUUID } from 'node:crypto'
import { systemClock } from './clock.ts'
import { inheritedWaitMs, TIMES } from './connect.ts'
import { opener } from './pool/assemble.ts'
import type { RegistrarConfig } from './profiles/registrar-config.ts'
import { SessionRefused } from './session/open.ts'
import { openWire } from './session/wire.ts'

export type LoginResult =
  /** With a new password in the login, that is the password from here on. */
  | { readonly kind: 'accepted' }
  /** The registry refused it, so nothing changed. */
  | { readonly kind: 'refused'; readonly code: number; readonly reason: string }
  /** No answer came: with a new password in the login, either may be the password by now. */
  | { readonly kind: 'unknown'; readonly reason: string }

type Deps = {
  /** Whether this process may send now; see `connectRegistrar`. */
  readonly maySend: () => boolean
  readonly signal: AbortSignal
}

/**
 * Logs in once, and ends the session: with a new password in the credentials, to change it. Nothing is tried again, as registries count
 * wrong passwords. Resolves when the registry no longer counts the connection. RFC 5730 §2.9.1.1.
 */
export async function logInOnce(config: RegistrarConfig, { maySend, signal }: Deps): Promise<LoginResult> {
  const deps = {
    clock: systemClock,
    newClTRID: () => `s-${randomUUID()}`,
    openWire,
    onEvent: () => undefined,
    onExchange: undefined,
    maySend,
  }
  const open = opener(config, { ...TIMES, ...config.times }, deps, async () => {
    // A predecessor may have sent at the full rate until now. This login is far apart from those that follow.
    const { promise, resolve } = Promise.withResolvers<void>()
    systemClock.after(inheritedWaitMs(config), resolve)
    await promise
    return { sent: () => undefined, answered: () => undefined, giveBack: () => undefined }
  })
  try {
    const session = await open(() => undefined, signal)
    session.end('the login was tried')
    await session.gone
    return { kind: 'accepted' }
  } catch (error) {
    if (!(error instanceof SessionRefused)) throw error
    await error.gone
    const { code, message: reason } = error
    return code === undefined ? { kind: 'unknown', reason } : { kind: 'refused', code, reason }
  }
}
