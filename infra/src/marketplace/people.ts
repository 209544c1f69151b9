import type { Language, MemberRole } from '@droplock/rules/members'
import { TERMS_VERSION } from '@droplock/rules/terms'
import { z } from 'zod'
import type { Environment } from '../environment/environment.ts'
import { holdsWithin } from '../processes/wait-until.ts'

export type NewMember = {
  readonly email: string
  readonly name: string
  readonly password: string
  readonly language: Language
  readonly currency: string
}

const Mails = z.array(z.object({ to: z.array(z.string()), subject: z.string(), text: z.string() }))
type Mail = z.output<typeof Mails>[number]

const MAIL_MS_MAX = 20_000

/** The newest mail to an address whose text matches; waits for it. Throws where none comes. */
export async function mailTo(
  { urlOf }: Environment,
  address: string,
  text: RegExp,
  msMax = MAIL_MS_MAX,
): Promise<Mail> {
  let found: Mail | undefined
  const look = async () => {
    const answer = await fetch(`${urlOf('mail')}/mails.json`)
    found = Mails.parse(await answer.json()).find((mail) => mail.to.includes(address) && text.test(mail.text))
    return found !== undefined
  }
  await holdsWithin({ everyMs: 100, msMax }, look)
  if (found === undefined) throw new Error(`no mail to ${address} with ${text}`)
  return found
}

/** The link in the newest mail to an address. */
export async function linkTo(environment: Environment, address: string, path: string): Promise<string> {
  const { text } = await mailTo(environment, address, new RegExp(`https?://\\S*${path}`))
  const link = text.split('\n').find((line) => line.startsWith('http') && line.includes(path))
  if (link === undefined) throw new Error(`no link to ${path} in: ${text}`)
  return link
}

/** Signs a person up and confirms their address, without a browser. Returns the cookies of their session. */
export async function signUp(
  environment: Environment,
  { language, ...person }: NewMember,
): Promise<readonly string[]> {
  const origin = environment.urlOf('marketplace')
  const answer = await fetch(`${origin}/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({
      ...person,
      language,
      termsVersion: TERMS_VERSION,
      callbackURL: `/${language}/confirmed`,
    }),
  })
  if (!answer.ok) throw new Error(`sign-up was answered with ${answer.status}: ${await answer.text()}`)
  // The link is enough in the browser of the sign-up.
  const cookie = cookiesOf(answer).join('; ')
  const confirmed = await fetch(await linkTo(environment, person.email, '/auth/verify-email'), {
    headers: { cookie },
    redirect: 'manual',
  })
  return cookiesOf(confirmed)
}

/** Each as `name=value`. */
function cookiesOf(answer: Response): readonly string[] {
  return answer.headers.getSetCookie().map((text) => text.split(';', 1)[0] ?? '')
}

/** Has a person belong to an account that exists, before they sign in for the first time. */
export async function joinAccount(
  { ctx }: Environment,
  email: string,
  accountId: string,
  role: MemberRole = 'owner',
): Promise<void> {
  await ctx.db.updateTable('member').set({ account_id: accountId, role }).where('email', '=', email).execute()
}
