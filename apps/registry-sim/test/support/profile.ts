import type { Session } from '../../src/epp/session.ts'
import type { Violations } from '../../src/registry/account.ts'
import { loadNames } from '../../src/registry/load-names.ts'
import { present } from '../../src/registry/registry.ts'
import type { ProfileName } from '../../src/registry/settings.ts'
import { makeTestRegistry, NOON } from './registry.ts'

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
