import { PROFILES } from '@droplock/epp/profiles/profiles'
import { type ProfileName, profileNames } from '../../../../registry-sim/src/registry/settings.ts'
import { closeWorld, openWorld, violationsIn } from '../world/world.ts'
import { type Catch, catchFor } from './catch-for.ts'
import { loadDrop } from './names.ts'

/** One profile's hour by the registry's count. */
export type ProfileHour = {
  readonly profile: ProfileName
  readonly caught: Catch
  readonly commands: number
  readonly sessionsPeak: number
  readonly commandsPerSecondPeak: number
  readonly violations: Readonly<Record<string, number>>
  /** Sessions that the registry ended. */
  readonly lost: readonly string[]
  /** Refused logins. */
  readonly refused: readonly string[]
}

/** Time for the logouts at the end of an hour, within the rate and before a registry with hours closes. */
const CLOSING_MS = 30_000

const LOGGED_OUT: ReadonlySet<string> = new Set(['we logged out', 'the registry ended the session (1500)'])

/** At the full rate, or idle with open sessions. */
export type Effort = 'full' | 'none'

/** Spends `forMs` of simulated time with the client's profile on the simulator's of the same name. */
export async function runProfile(
  name: ProfileName,
  forMs: number,
  effort: Effort,
  seed = 1,
): Promise<ProfileHour> {
  const zone = name === 'verisign-like' ? 'com' : 'test'
  let names: readonly string[] = []
  const world = await openWorld({
    seed,
    registry: { profile: name, zones: [zone] },
    profile: name,
    prepare: (registry, nowMs) => {
      names = loadDrop(registry, nowMs, zone, forMs, seed)
    },
  })
  const caught = await catchFor(world, PROFILES[name], effort === 'full' ? names : [], forMs - CLOSING_MS)
  // The ends at closing are ours.
  const { events, account } = world
  const reasons = (kind: string) =>
    events.flatMap((event) => (event.kind === kind && 'reason' in event ? [event.reason] : []))
  // A session that we replace ends with the answer to its logout, which is no loss.
  const lost = reasons('session_ended').filter((reason) => !LOGGED_OUT.has(reason))
  const refused = reasons('session_refused')
  await closeWorld(world)
  const { commands, sessionsPeak, commandsPerSecondPeak } = account.used
  const violations = violationsIn(world)
  return { profile: name, caught, commands, sessionsPeak, commandsPerSecondPeak, violations, lost, refused }
}

/** All profiles of the simulator. */
export const allProfiles = profileNames
