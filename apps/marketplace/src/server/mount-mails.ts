import type { MemberContext } from '@droplock/core/members/context'
import {
  chooseMails,
  readKindsOfMail,
  readOwnMails,
  retryOwnAddress,
  unsubscribe,
} from '@droplock/core/members/mails'
import { putNoticesAway, readNotices } from '@droplock/core/members/notices'
import type { MemberSession } from '@droplock/core/members/session-key'
import { limitBody, requireJson, uncached } from '@droplock/http/limit-body'
import { type MailKind, mailKinds } from '@droplock/rules/event-mails/kinds'
import { NOTICES_MAX } from '@droplock/rules/member-notices'
import { isLanguage } from '@droplock/rules/members'
import { Refusal } from '@droplock/rules/refusals'
import { timeout } from 'hono/timeout'
import { z } from 'zod'
import type { Dependencies, Marketplace } from '../marketplace.ts'
import { parse } from './bodies.ts'
import { languageOf } from './preferences.ts'
import type { Sessions } from './sessions.ts'

const BODY_BYTES_MAX = 4_096

/** 128 bits, in hexadecimal. */
const Key = z.string().regex(/^[0-9a-f]{32}$/)
const Kind = z.enum(mailKinds as readonly [MailKind, ...MailKind[]])
const Choice = z.object({ on: z.boolean() })
const Away = z.object({ ids: z.array(z.uuid()).min(1).max(NOTICES_MAX) })

const noSuchLink = () =>
  new Refusal('not_found', 'This link is not valid any more. Choose your mails on the page of your account.')

/** Throws Refusal('not_found'). */
function keyOf(text: string | undefined): string {
  const key = Key.safeParse(text)
  if (!key.success) throw noSuchLink()
  return key.data
}

/**
 * Switches off what a mail was about, by the link in it. Mail programs send the POST by themselves (RFC 8058), without session and without
 * `Origin`: mount it before what requires that. A GET changes nothing, because programs open links to look at them.
 */
export function mountUnsubscribe(app: Marketplace, { ctx, settings }: Dependencies): void {
  const guards = [uncached, limitBody(BODY_BYTES_MAX), timeout(settings.requestMsMax)] as const
  app.get('/mails/off', ...guards, (c) => {
    const query = new URLSearchParams({ key: c.req.query('key') ?? '' })
    return c.redirect(`/${languageOf(c)}/mails/off?${query}`, 302)
  })
  app.post('/mails/off', ...guards, async (c) => {
    return c.json({ kinds: await unsubscribe(ctx, keyOf(c.req.query('key'))) })
  })
  app.get('/mails/kinds', ...guards, async (c) => {
    return c.json({ kinds: await readKindsOfMail(ctx, keyOf(c.req.query('key'))) })
  })
}

/** What a person is sent, and what stands on their pages. Mount it after the people: their sessions are asked for there. */
export function mountMails(app: Marketplace, { ctx }: Dependencies, sessions: Sessions): void {
  const actingAs = ({ memberId, accountId }: MemberSession): MemberContext => ({
    ...ctx,
    actor: { memberId, accountId },
  })
  const body = [limitBody(BODY_BYTES_MAX), requireJson] as const

  app.get('/people/mails', async (c) => c.json(await readOwnMails(actingAs(c.var.session))))
  app.post('/people/mails/try-again', async (c) => {
    await retryOwnAddress(actingAs(c.var.session))
    return c.body(null, 204)
  })
  app.post('/people/mails/:kind', ...body, async (c) => {
    const kind = Kind.safeParse(c.req.param('kind'))
    if (!kind.success) throw new Refusal('not_found', 'There is no such kind of mail.')
    await chooseMails(actingAs(c.var.session), { kind: kind.data, ...parse(Choice, await c.req.json()) })
    return c.body(null, 204)
  })
  app.get('/people/notices', async (c) => c.json(await readNotices(actingAs(c.var.session))))
  app.post('/people/notices/away', ...body, async (c) => {
    await putNoticesAway(actingAs(c.var.session), parse(Away, await c.req.json()).ids)
    return c.body(null, 204)
  })
  // In mails: the file itself needs a session, and a browser that has none is to be asked to sign in.
  app.get('/:language/invoices/:id/pdf', uncached, async (c, next) => {
    const { language, id } = c.req.param()
    if (!isLanguage(language)) return next()
    const session = await sessions.of(c.req.raw.headers)
    if (session !== undefined) return c.redirect(`/api/v1/invoices/${encodeURIComponent(id)}/pdf`, 302)
    const here = encodeURIComponent(`/${language}/account/invoices`)
    return c.redirect(`/${language}/sign-in?next=${here}`, 302)
  })
}
