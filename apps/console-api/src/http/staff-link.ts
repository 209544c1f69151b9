import { randomUUID } from 'node:crypto'
import type { MadeLink } from '@droplock/core/staff/links/send'
import { writeLinkMail } from '@droplock/rules/staff-mails'
import type { Dependencies } from '../console-api.ts'
import { newToken, sha256 } from './session-cookies.ts'

type NewLink = {
  readonly token: string
  readonly tokenSha256: Uint8Array
  readonly way: 'mail' | 'shown'
}

/** A link that goes by mail where there is a mail server, and is shown to the admin where there is none. */
export function newLink({ mails }: Dependencies): NewLink {
  const token = newToken()
  return { token, tokenSha256: sha256(token), way: mails === undefined ? 'shown' : 'mail' }
}

type SendLink = {
  readonly kind: 'invitation' | 'new_password'
  readonly name: string
  readonly link: NewLink
  readonly made: MadeLink
}

type Sent =
  | { readonly delivery: 'mailed' }
  | { readonly delivery: 'not_mailed'; readonly answer: string }
  | { readonly delivery: 'shown'; readonly path: string }

/**
 * Sends a link that was made, at once: the token is nowhere but in this request and in the mail. A mail that was not taken is not replaced
 * by showing the link, because nobody but its person is to have it; the admin sends another one.
 */
export async function sendLink(
  { mails, settings, logger }: Dependencies,
  { kind, name, link: { token }, made: { email, expiresAt, staffId } }: SendLink,
): Promise<Sent> {
  // After #, so that no server and no log of addresses has the token.
  const path = `/choose-password#${token}`
  if (mails === undefined) return { delivery: 'shown', path }
  const url = new URL(path, settings.publicOrigin).href
  const mail = writeLinkMail({ kind, name, url, expiresAt })
  const { kind: outcome, answer } = await mails.send({ id: randomUUID(), to: email, ...mail })
  if (outcome === 'sent') return { delivery: 'mailed' }
  logger.warn({ staff_id: staffId, answer }, 'a link to choose a password was not mailed')
  return { delivery: 'not_mailed', answer }
}
