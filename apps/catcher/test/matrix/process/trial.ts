import type { Zone } from '@droplock/core/registries/define'
import type { ContractLimits, RegistryProfileId } from '@droplock/rules/registries'
import type { RegistryOptions } from '../../../../registry-sim/src/registry/settings.ts'

/** How one profile is tried. Long periods are shortened by settings, equally on both sides. */
type Trial = {
  readonly zones: readonly [string, ...string[]]
  readonly registry?: Partial<RegistryOptions>
  readonly limits?: ContractLimits
  readonly zone?: Partial<Zone>
  /** Names in their windows at once: enough to keep every slot busy. */
  readonly atOnce: number
  /** Fewer names than others have. */
  readonly namesMax?: number
  /** How long after its listed instant a name may be released, and how long the award takes. */
  readonly lateSeconds?: number
  readonly awardSeconds?: number
}

const LATE_SECONDS = 3

/** A session's life, of a day or of 900 commands, so that many end within the minutes of a trial. */
const LIFE_SECONDS = 60
const SESSION_COMMANDS = 150

const RANDOM_SECONDS = 15
const DROPZONE_SECONDS = 10

const trials: Readonly<Record<RegistryProfileId, Trial>> = {
  generic: { zones: ['generic'], registry: { limits: { commandsPerSecondMax: 5 } }, atOnce: 8 },
  'verisign-like': {
    zones: ['com', 'net'],
    registry: { sessionLifeMs: LIFE_SECONDS * 1_000 },
    limits: { sessionLifeSecondsMax: LIFE_SECONDS },
    // There are no premium names, and no fee extension.
    zone: { mayHavePremium: false },
    atOnce: 25,
    lateSeconds: 8,
  },
  'co-like': { zones: ['co'], atOnce: 60 },
  'nz-like': { zones: ['nz'], registry: { dropPort: 0, opening: { atUtc: '00:00', openMs: 1 } }, atOnce: 20 },
  'fr-like': { zones: ['fr'], atOnce: 4 },
  // The budget is for a day: a name that waits for the next day would not be decided here.
  'uk-like': { zones: ['uk'], atOnce: 1, namesMax: 40 },
  'no-like': {
    zones: ['no'],
    registry: { sessionCommands: { min: SESSION_COMMANDS, max: 2 * SESSION_COMMANDS } },
    limits: { sessionCommandsMax: SESSION_COMMANDS },
    atOnce: 20,
  },
  'ee-like': { zones: ['ee'], atOnce: 3 },
  'nl-like': {
    zones: ['nl'],
    registry: { releaseWithinMs: RANDOM_SECONDS * 1_000 },
    atOnce: 20,
    lateSeconds: RANDOM_SECONDS + LATE_SECONDS,
  },
  'dropzone-like': {
    zones: ['dz'],
    registry: { dropPort: 0, dropzone: { periodMs: DROPZONE_SECONDS * 1_000 } },
    atOnce: 20,
    awardSeconds: DROPZONE_SECONDS,
  },
  'nomulus-like': { zones: ['app'], zone: { contactRoles: ['registrant', 'admin', 'tech'] }, atOnce: 20 },
  'strict-like': {
    zones: ['strict'],
    zone: { feeCurrency: 'EUR', contactRoles: ['registrant'] },
    atOnce: 20,
  },
}

export const allProfiles = Object.keys(trials) as RegistryProfileId[]

export function trialOf(profile: RegistryProfileId): Trial {
  return trials[profile]
}

/** Our account at the registry of that kind. */
export function accountOf(profile: RegistryProfileId): string {
  return `${profile}/droplock`
}

export function mayHavePremium(profile: RegistryProfileId): boolean {
  return trials[profile].zone?.mayHavePremium ?? true
}

export function wantsContacts(profile: RegistryProfileId): boolean {
  return trials[profile].zone?.contactRoles !== undefined
}

/** A name's lateness and grace in seconds. */
export function timesOf({ lateSeconds = LATE_SECONDS, awardSeconds = 0 }: Trial) {
  return { lateSeconds, graceSeconds: LATE_SECONDS + awardSeconds }
}
