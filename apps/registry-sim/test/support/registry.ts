import { answer } from '../../src/epp/answer.ts'
import { menuOf } from '../../src/epp/namespaces.ts'
import { openSession, type Session } from '../../src/epp/session.ts'
import { resolveSettings } from '../../src/profiles.ts'
import { makeRegistry, type Registry } from '../../src/registry/registry.ts'
import type { RegistryOptions } from '../../src/registry/settings.ts'
import { loginXml } from './epp-client.ts'

/** The instant at which the tests' clocks stand when nothing else is said. */
export const NOON = Date.parse('2026-11-24T12:00:00Z')

type TestRegistry = { readonly registry: Registry; readonly clock: { ms: number } }

/** A registry without sockets on a clock that the test sets. */
export function makeTestRegistry(options: Partial<RegistryOptions> = {}, seed = 7): TestRegistry {
  const clock = { ms: NOON }
  const settings = resolveSettings({
    id: 'exact',
    zones: ['pl', 'com.pl'],
    ...options,
  })
  return { registry: makeRegistry(settings, seed, { nowMs: () => clock.ms }), clock }
}

/** Sends one document to a session without a socket; gives the answer's text, empty when cut. */
export function ask(session: Session, xml: string): string {
  return answer(session, Buffer.from(xml)).xml ?? ''
}

let opened = 0

/** A session logged in as `clid`, for everything the registry offers. */
export function loggedIn(registry: Registry, clid = 'droplock'): Session {
  opened += 1
  const session = openSession(`test-${opened}`, registry)
  const login = loginXml({ clid, ...menuOf(registry.settings) })
  ask(session, login.replace('test-0001', `login-${opened}`))
  if (session.account?.clid !== clid) throw new Error('the login was refused')
  return session
}
