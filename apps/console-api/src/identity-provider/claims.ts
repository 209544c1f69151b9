import type { Identity } from '@droplock/core/staff/identity/sign-in'
import type { ProviderSettings } from './settings.ts'

export type Claims = Readonly<Record<string, unknown>>

/** What the claims of a person say, by the settings. */
export function identityOf(claims: Claims, issuer: string, settings: ProviderSettings): Identity {
  const { roles, secondFactor, trustsEmail } = settings
  const isVerified = trustsEmail || claims['email_verified'] === true || claims['email_verified'] === 'true'
  const proven = [...textsOf(claims['amr']), ...textsOf(claims['acr'])]
  return {
    issuer,
    subject: String(claims['sub']),
    email: isVerified ? textOf(claims['email']) : undefined,
    name: textOf(claims['name']),
    roles: groupsOf(claims, settings).flatMap((group) =>
      Object.hasOwn(roles, group) ? (roles[group] ?? []) : [],
    ),
    hasSecondFactor: proven.some((value) => secondFactor.includes(value)),
  }
}

/** When the person last signed in at the provider; undefined where it does not say. */
export function authenticatedAtOf({ auth_time: seconds }: Claims): Date | undefined {
  return typeof seconds === 'number' ? new Date(seconds * 1_000) : undefined
}

/** Whether the claims have all that a sign-in needs, so that the provider need not be asked for more. */
export function areWhole(claims: Claims, settings: ProviderSettings): boolean {
  return textOf(claims['email']) !== undefined && claimAt(claims, settings.roleClaim) !== undefined
}

function groupsOf(claims: Claims, { roleClaim }: ProviderSettings): readonly string[] {
  return textsOf(claimAt(claims, roleClaim))
}

/** The claim of this name, or within another one by a path with dots: `realm_access.roles`. */
function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  return name
    .split('.')
    .reduce<unknown>(
      (within, part) =>
        typeof within === 'object' && within !== null && Object.hasOwn(within, part)
          ? Reflect.get(within, part)
          : undefined,
      claims,
    )
}

function textsOf(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value]
  return all.filter((each) => typeof each === 'string')
}

/** Names and addresses are shown: longer ones are no names. */
const TEXT_CHARACTERS_MAX = 320

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= TEXT_CHARACTERS_MAX ? value : undefined
}
