import { answer } from '../../src/epp/answer.ts'
import { menuOf } from '../../src/epp/namespaces.ts'
import { openSession, type Session } from '../../src/epp/session.ts'
import { resolveSettings } from '../../src/profiles.ts'
import type { Violations } from '../../src/registry/account.ts'
import { loadNames } from '../../src/registry/load-names.ts'
import { makeRegistry, present, type Registry } from '../../src/registry/registry.ts'
import type { ProfileName, RegistryOptions } from '../../src/registry/settings.ts'
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

/** A registry of the profile with one name that never drops. */
export function withProfile(profile: ProfileName, more: object = {}) {
  const world = makeTestRegistry({ profile, ...more })
  const { registry } = world
  if (registry.settings.release !== 'daily') {
    const held = { name: 'held.pl', kind: 'unreleased', purgeAtMs: NOON + 60_000 } as const
    loadNames(registry, [held], present(registry))
  }
  return world
}

/** Of `droplock`, at the registry of the session. */
export function violationsOf(session: Session): Violations {
  const account = session.registry.accounts.get('droplock')
  if (!account) throw new Error('no account')
  return account.violations
}
