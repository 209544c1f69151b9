import type { MailKind } from '@droplock/rules/event-mails/kinds'
import type { MemberNotice } from '@droplock/rules/member-notices'
import { queryOptions } from '@tanstack/react-query'
import { askOwn } from '../own.ts'

/** What our own server says of the reader's mails. */
type OwnMails = {
  readonly email: string
  readonly bounced: { readonly at: string; readonly answer: string | null } | null
  readonly kinds: readonly { readonly kind: MailKind; readonly on: boolean }[]
}

export const mailsQuery = queryOptions({
  queryKey: ['mails'],
  queryFn: () => askOwn<OwnMails>('GET', '/people/mails'),
})

type Notices = {
  readonly bouncing: { readonly email: string; readonly at: string } | null
  readonly events: readonly MemberNotice[]
}

/** A page that stays open shows what happens meanwhile. Milliseconds. */
const NOTICES_EVERY_MS = 60_000

export const noticesQuery = queryOptions({
  queryKey: ['notices'],
  queryFn: () => askOwn<Notices>('GET', '/people/notices'),
  refetchInterval: NOTICES_EVERY_MS,
})

export function tryAddressAgain(): Promise<undefined> {
  return askOwn('POST', '/people/mails/try-again')
}
