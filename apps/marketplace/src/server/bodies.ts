import {
  languages,
  MEMBER_NAME_CHARACTERS_MAX,
  PASSWORD_CHARACTERS_MAX,
  PASSWORD_CHARACTERS_MIN,
} from '@droplock/rules/members'
import { Refusal } from '@droplock/rules/refusals'
import { TERMS_VERSION } from '@droplock/rules/terms'
import { z } from 'zod'

/** The longest address that mail can be sent to (RFC 5321 §4.5.3.1.3). Characters. */
const ADDRESS_CHARACTERS_MAX = 254

const Address = z.string().trim().max(ADDRESS_CHARACTERS_MAX).pipe(z.email())
/** Of one that is there: whatever was typed. */
export const Password = z.string().min(1).max(PASSWORD_CHARACTERS_MAX)
const NewPassword = z.string().min(PASSWORD_CHARACTERS_MIN).max(PASSWORD_CHARACTERS_MAX)

/** In mails and in the console it is one line, and no address that a mail program would make a link of. */
export const MemberName = z
  .string()
  .trim()
  .min(1)
  .max(MEMBER_NAME_CHARACTERS_MAX)
  .regex(/^[^\p{C}<>]*$/u)
  .refine((name) => !/:\/\/|\/\/|\bwww\.|@/i.test(name))

/** One of our pages, where the link of a mail leads in the end. */
export const OwnPage = z
  .string()
  .max(2_000)
  .regex(new RegExp(String.raw`^/(?:${languages.join('|')})/[a-z-]+(?:/[a-z-]+)*(?:\?[\w=&%.~+-]*)?$`))

const Confirmed = OwnPage.default('/en/confirmed')

/** What a link in a mail proves: a token of ours (a JWT) or of better-auth. */
const Token = z.string().min(1).max(2_000)

/** The bodies that better-auth is given: its own schemas let more through. What is not named here is dropped. */
export const authBodies = {
  '/sign-up/email': z.object({
    name: MemberName,
    email: Address,
    password: NewPassword,
    language: z.enum(languages),
    currency: z.string().regex(/^[A-Z]{3}$/),
    termsVersion: z.literal(TERMS_VERSION),
    invitation: z.uuid().optional(),
    callbackURL: Confirmed,
  }),
  '/sign-in/email': z.object({ email: Address, password: Password, callbackURL: Confirmed }),
  '/sign-out': z.object({}),
  '/send-verification-email': z.object({ email: Address, callbackURL: Confirmed }),
  '/confirm-address': z.object({ token: Token, password: Password }),
  '/request-password-reset': z.object({ email: Address, redirectTo: OwnPage.default('/en/reset-password') }),
  '/reset-password': z.object({ token: Token, newPassword: NewPassword }),
  '/change-password': z
    .object({ currentPassword: Password, newPassword: NewPassword })
    // Whoever knows the old one may be signed in elsewhere.
    .transform((body) => ({ ...body, revokeOtherSessions: true })),
  '/change-email': z.object({ newEmail: Address, callbackURL: Confirmed }),
} as const

export type AuthPath = keyof typeof authBodies
export type AuthBody<Path extends AuthPath> = z.output<(typeof authBodies)[Path]>

/** Throws Refusal('invalid_request'), which never repeats what was sent: it may be a password. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const parts = parsed.error.issues.map(({ path, message }) => ({
    pointer: `/${path.join('/')}`,
    detail: message,
  }))
  const said = parts.map(({ pointer, detail }) => `${pointer.slice(1) || 'body'}: ${detail}`)
  throw new Refusal('invalid_request', said.join('; '), {}, parts)
}
