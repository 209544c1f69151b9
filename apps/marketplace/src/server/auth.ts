import type { Context } from '@droplock/core/context'
import { proveAddress } from '@droplock/core/members/prove-address'
import type { Logger } from '@droplock/observability/logger'
import { hashPassword, verifyPassword } from '@droplock/passwords/passwords'
import { PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN } from '@droplock/rules/members'
import { type BetterAuthOptions, betterAuth } from 'better-auth'
import type { AuthMails } from './auth-mails.ts'
import { type Secrets, withCurrentCookies, withCurrentSignatures } from './older-secrets.ts'

const DAY_SECONDS = 86_400
const HOUR_SECONDS = 3_600

/** Where better-auth answers. */
export const AUTH_PATH = '/auth'

/** Set by this server on what it gives to better-auth, and on nothing that comes from outside. */
export const SOURCE_HEADER = 'x-droplock-source'

type AuthOptions = {
  readonly ctx: Context
  readonly origin: string
  readonly secrets: Secrets
  readonly mails: AuthMails
  readonly logger: Logger
}

/**
 * Sign-up, sign-in, confirmed addresses and passwords, by better-auth over the tables of migration 0096. What an account is and who
 * belongs to it is decided by core alone.
 */
export function openAuth(options: AuthOptions) {
  const { secrets } = options
  const { handler, api } = openBetterAuth(options)
  return {
    handler: async (request: Request) => handler(await withCurrentSignatures(request, secrets)),
    /** Null without one. */
    getSession: (headers: Headers) => api.getSession({ headers: withCurrentCookies(headers, secrets) }),
  }
}

function openBetterAuth({ ctx, origin, secrets: [secret], mails, logger }: AuthOptions) {
  const isSecure = isHttps(origin)
  return betterAuth({
    appName: 'Droplock',
    baseURL: origin,
    basePath: AUTH_PATH,
    secret,
    trustedOrigins: [origin],
    telemetry: { enabled: false },
    database: { db: ctx.db, type: 'postgres' },
    ...tablesOf(mails),
    emailAndPassword: {
      enabled: true,
      requireEmailVerification: true,
      minPasswordLength: PASSWORD_CHARACTERS_MIN,
      maxPasswordLength: PASSWORD_CHARACTERS_MAX,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
      resetPasswordTokenExpiresIn: HOUR_SECONDS,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user, url }) => mails.resetPassword(user, url),
      onExistingUserSignUp: ({ user }) => mails.knownAddress(user),
      onPasswordReset: async ({ user }) => {
        // Only who reads the address's mail gets there.
        await proveAddress(ctx, user.id)
        await mails.passwordChanged(user)
      },
    },
    emailVerification: {
      sendOnSignUp: true,
      autoSignInAfterVerification: true,
      expiresIn: DAY_SECONDS,
      sendVerificationEmail: ({ user, url }) => mails.confirmAddress(user, url),
    },
    // Its window begins anew with each request that it lets through, so that an office which signs in all day is refused; ours: `limits.ts`.
    rateLimit: { enabled: false },
    advanced: {
      // With https the browser binds the cookie to this host: no other host of the domain can set it (RFC 6265bis §4.1.3.2).
      useSecureCookies: false,
      cookiePrefix: isSecure ? '__Host-droplock' : 'droplock',
      defaultCookieAttributes: { secure: isSecure },
      ipAddress: { ipAddressHeaders: [SOURCE_HEADER] },
      database: { generateId: () => ctx.newId() },
    },
    // A database that cannot be reached is no refusal: it is answered and logged as everywhere.
    onAPIError: { throw: true },
    // Its own texts have addresses in them.
    logger: {
      level: 'error',
      log: (_level, message) => logger.error({ event: 'auth.failed', detail: message }, 'sign-in failed'),
    },
  })
}

/** Its tables, and what of ours it reads and writes in them. */
function tablesOf(mails: AuthMails) {
  return {
    user: {
      modelName: 'member',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: {
        // What may be in them is decided by `bodies.ts`.
        language: { type: 'string', required: true },
        currency: { type: 'string', required: true },
        invitation: { type: 'string', required: false, fieldName: 'invitation_id' },
        termsVersion: { type: 'string', required: true, fieldName: 'terms_version' },
        // Written by core alone; read with each session, so that no server goes on with what another has changed.
        accountId: { type: 'string', required: false, input: false, fieldName: 'account_id' },
        role: { type: 'string', required: false, input: false },
        termsAcceptedAt: {
          type: 'date',
          required: true,
          input: false,
          fieldName: 'terms_accepted_at',
          defaultValue: () => new Date(),
        },
      },
      changeEmail: {
        enabled: true,
        sendChangeEmailConfirmation: ({ user, newEmail, url }) => mails.confirmChange(user, newEmail, url),
      },
    },
    session: {
      modelName: 'member_session',
      fields: {
        userId: 'member_id',
        expiresAt: 'expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
      },
      // From the sign-in, however often it is used: a stolen cookie ends too.
      expiresIn: 7 * DAY_SECONDS,
      disableSessionRefresh: true,
    },
    account: {
      modelName: 'member_credential',
      fields: {
        userId: 'member_id',
        accountId: 'subject',
        providerId: 'provider',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'member_verification',
      // Whoever reads the table has no link: a token is its hash there.
      storeIdentifier: 'hashed',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
  } satisfies Partial<BetterAuthOptions>
}

export function isHttps(origin: string): boolean {
  return origin.startsWith('https:')
}

export type Auth = ReturnType<typeof openAuth>
