import type { Context } from '@droplock/core/context'
import { hashPassword, verifyPassword } from '@droplock/passwords/passwords'
import { languages, PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN } from '@droplock/rules/members'
import { betterAuth } from 'better-auth'
import { z } from 'zod'
import type { AuthMails } from './auth-mails.ts'

const DAY_SECONDS = 86_400
const HOUR_SECONDS = 3_600

/** Where better-auth answers. */
export const AUTH_PATH = '/auth'

/** Set by this server on what it gives to better-auth, and on nothing that comes from outside. */
export const SOURCE_HEADER = 'x-droplock-source'

type AuthOptions = {
  readonly ctx: Context
  readonly origin: string
  readonly secret: string
  readonly mails: AuthMails
}

/**
 * Sign-up, sign-in, confirmed addresses and passwords, by better-auth over the tables of migration 0096. What an account is and who
 * belongs to it is decided by core alone.
 */
export function openAuth({ ctx, origin, secret, mails }: AuthOptions) {
  return betterAuth({
    appName: 'Droplock',
    baseURL: origin,
    basePath: AUTH_PATH,
    secret,
    trustedOrigins: [origin],
    telemetry: { enabled: false },
    database: { db: ctx.db, type: 'postgres' },
    user: {
      modelName: 'member',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: {
        language: { type: 'string', required: true, validator: { input: z.enum(languages) } },
        currency: { type: 'string', required: true, validator: { input: z.string().regex(/^[A-Z]{3}$/) } },
        termsVersion: {
          type: 'string',
          required: true,
          fieldName: 'terms_version',
          validator: { input: z.string().max(40) },
        },
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
      expiresIn: 7 * DAY_SECONDS,
      updateAge: DAY_SECONDS,
      // A change of password or address needs a sign-in of today.
      freshAge: DAY_SECONDS,
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
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
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
    },
    emailVerification: {
      sendOnSignUp: true,
      sendOnSignIn: true,
      autoSignInAfterVerification: true,
      expiresIn: DAY_SECONDS,
      sendVerificationEmail: ({ user, url }) => mails.confirmAddress(user, url),
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'member_request_count',
      fields: { lastRequest: 'last_request' },
      window: 60,
      max: 60,
      customRules: {
        '/sign-in/email': { window: 60, max: 10 },
        '/sign-up/email': { window: 3_600, max: 20 },
        '/request-password-reset': { window: 3_600, max: 10 },
        '/send-verification-email': { window: 3_600, max: 10 },
        // Asked by every page.
        '/get-session': false,
      },
    },
    advanced: {
      cookiePrefix: 'droplock',
      useSecureCookies: origin.startsWith('https:'),
      ipAddress: { ipAddressHeaders: [SOURCE_HEADER] },
      database: { generateId: () => ctx.newId() },
    },
    disabledPaths: [
      '/delete-user',
      '/update-user',
      '/sign-in/social',
      '/link-social',
      '/unlink-account',
      '/list-accounts',
    ],
  })
}

export type Auth = ReturnType<typeof openAuth>
