import { isThisMachine } from '@droplock/rules/hosts'
import { mappableRoles, type Role } from '@droplock/rules/staff'
import { json } from '@droplock/settings/values'
import { z } from 'zod'

const mappable: ReadonlySet<string> = new Set(mappableRoles)
const role = z.custom<Role>(
  (given) => typeof given === 'string' && mappable.has(given),
  `maps to ${mappableRoles.join(', ')} only: admin is given by an administrator, never by the provider`,
)

const words = (usual: string) =>
  z
    .string()
    .default(usual)
    .transform((text) => text.split(/[\s,]+/).filter((word) => word !== ''))

/** Sign-in by OpenID Connect. The first four are set together, or none. */
export const providerSettings = {
  /** As in the provider's `/.well-known/openid-configuration`. */
  DROPLOCK_OIDC_ISSUER: z
    .url({ protocol: /^https?$/, error: 'must be the https:// URL of the issuer' })
    .refine(isSafe, 'must be https://, but for a provider on this machine')
    .optional(),
  DROPLOCK_OIDC_CLIENT_ID: z.string().min(1).optional(),
  /** A secret. */
  DROPLOCK_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** JSON object: a value of the claim → a role, or several. */
  DROPLOCK_OIDC_ROLES: json(
    z
      .record(
        z.string(),
        z.preprocess((given) => (Array.isArray(given) ? given : [given]), z.array(role).min(1)),
      )
      .refine((mapping) => Object.keys(mapping).length > 0, 'maps nothing to a role'),
  ).optional(),
  /** The claim with a person's groups or roles; a path with dots where it is within another one. */
  DROPLOCK_OIDC_ROLE_CLAIM: z.string().min(1).default('groups'),
  /** As people call it: it is in the button of the sign-in page. */
  DROPLOCK_OIDC_NAME: z.string().min(1).max(40).default('single sign-on'),
  DROPLOCK_OIDC_SCOPES: words('openid email profile'),
  /** Values of `amr`, or one of `acr`, that say that more than a password was proven (RFC 8176). */
  DROPLOCK_OIDC_SECOND_FACTOR: words('mfa'),
  /** `on`: addresses are the company's own and count as verified, though the provider has no `email_verified`. */
  DROPLOCK_OIDC_TRUST_EMAIL: z.enum(['on', 'off']).default('off'),
} as const

type ProviderConfig = z.output<z.ZodObject<typeof providerSettings>>

export type ProviderSettings = {
  readonly issuer: URL
  readonly clientId: string
  readonly clientSecret: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly roleClaim: string
  readonly roles: Readonly<Record<string, readonly Role[]>>
  readonly secondFactor: readonly string[]
  readonly trustsEmail: boolean
  /** The console's own address, to which the provider sends people back. */
  readonly publicOrigin: string
}

/** For `refine`: all four that a provider needs, or none. */
export function isWholeProvider(config: ProviderConfig): boolean {
  return new Set(needed(config).map((each) => each === undefined)).size === 1
}

export const partOfProvider = {
  path: ['DROPLOCK_OIDC_ISSUER'],
  message:
    'is set together with DROPLOCK_OIDC_CLIENT_ID, DROPLOCK_OIDC_CLIENT_SECRET and DROPLOCK_OIDC_ROLES',
}

/** The provider of the settings; undefined where there is none. */
export function providerOf(
  config: ProviderConfig,
  publicOrigin: string | undefined,
): ProviderSettings | undefined {
  const {
    DROPLOCK_OIDC_ISSUER: issuer,
    DROPLOCK_OIDC_CLIENT_ID: clientId,
    DROPLOCK_OIDC_CLIENT_SECRET: clientSecret,
    DROPLOCK_OIDC_ROLES: roles,
  } = config
  if (!issuer || !clientId || !clientSecret || roles === undefined || publicOrigin === undefined)
    return undefined
  return {
    issuer: new URL(issuer),
    clientId,
    clientSecret,
    roles,
    publicOrigin,
    name: config.DROPLOCK_OIDC_NAME,
    scopes: config.DROPLOCK_OIDC_SCOPES,
    roleClaim: config.DROPLOCK_OIDC_ROLE_CLAIM,
    secondFactor: config.DROPLOCK_OIDC_SECOND_FACTOR,
    trustsEmail: config.DROPLOCK_OIDC_TRUST_EMAIL === 'on',
  }
}

function needed(config: ProviderConfig): readonly unknown[] {
  return [
    config.DROPLOCK_OIDC_ISSUER,
    config.DROPLOCK_OIDC_CLIENT_ID,
    config.DROPLOCK_OIDC_CLIENT_SECRET,
    config.DROPLOCK_OIDC_ROLES,
  ]
}

function isSafe(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || isThisMachine(hostname)
}
