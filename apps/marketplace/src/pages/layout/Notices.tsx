import { type MemberNotice, type NoticeTopic, noticeTopics } from '@droplock/rules/member-notices'
import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Link, useLocation } from 'wouter'
import { BouncedAddress } from '../mails/BouncedAddress.tsx'
import { noticesQuery } from '../mails/queries.ts'
import { TermsNotice } from '../members/TermsNotice.tsx'
import { askOwn } from '../own.ts'
import type { Viewer } from '../page-state.ts'
import { Problem } from '../parts/Problem.tsx'
import { Standing } from '../parts/Standing.tsx'
import { NameText, useMoney } from '../parts/texts.tsx'
import { useChange } from '../parts/use-change.ts'
import { useHref } from '../viewing.tsx'

const noNotices = { bouncing: null, events: [] } as const

/** So many stand open; the others are a click away, because the page itself is what was asked for. */
const OPEN_MAX = 3

/** What a person should know whichever page they are on, the most pressing first: until it is over, or they put it away. */
export function Notices({ viewer: { isSuspended, mustAcceptTerms } }: { viewer: Viewer }) {
  const t = useTranslations('notices')
  const href = useHref()
  const [path] = useLocation()
  const { data: { bouncing, events } = noNotices } = useQuery(noticesQuery)
  const byTopic = Map.groupBy(events, ({ topic }) => topic)
  // On its own page the refused address is shown with all that is known of it.
  const isBounceHere = bouncing !== null && path !== href('/account/mails')
  const all = [
    isSuspended ? (
      <Standing key="suspended" title={t('suspendedTitle')} isUrgent text={t('suspended')} />
    ) : null,
    mustAcceptTerms ? <TermsNotice key="terms" /> : null,
    isBounceHere ? <BouncedAddress key="bounce" {...bouncing} /> : null,
    ...noticeTopics.map((topic) => {
      const own = byTopic.get(topic)
      return own === undefined ? null : <TopicNotice key={topic} topic={topic} events={own} />
    }),
  ].filter((notice) => notice !== null)
  if (all.length === 0) return null
  const others = all.slice(OPEN_MAX)
  return (
    <Stack component="section" gap="xs" mb="lg" aria-label={t('title')}>
      {all.slice(0, OPEN_MAX)}
      {others.length === 0 ? null : (
        <details className="standing-more">
          <summary>{t('others', { count: others.length })}</summary>
          <Stack gap="xs" mt="xs">
            {others}
          </Stack>
        </details>
      )}
    </Stack>
  )
}

type TopicNoticeProps = { readonly topic: NoticeTopic; readonly events: readonly MemberNotice[] }

const textsOf = {
  'refund.failed': 'refundFailed',
  'registration.expired': 'expired',
  'registration.expiring': 'expiring',
  'backorder.premium_flagged': 'premium',
  'backorder.rescheduled': 'rescheduled',
  'balance.low': 'lowBalance',
  'webhook_endpoint.disabled': 'webhookDisabled',
} as const satisfies Readonly<Record<NoticeTopic, string>>

const urgent: ReadonlySet<NoticeTopic> = new Set(['refund.failed', 'registration.expired'])

function TopicNotice({ topic, events }: TopicNoticeProps) {
  const t = useTranslations('notices')
  const money = useMoney()
  const key = textsOf[topic]
  const [newest] = events
  const balance = newest?.topic === 'balance.low' ? money(newest.data.balance) : ''
  const away = useChange({
    change: () => askOwn('POST', '/people/notices/away', { ids: events.map(({ id }) => id) }),
    changes: ['notices'],
    // The button is gone with the notice: whoever uses the keyboard goes on with the page.
    onDone: () => document.getElementById('content')?.focus(),
  })
  return (
    <Standing
      title={t(`${key}.title`, { count: events.length, balance })}
      isUrgent={urgent.has(topic)}
      text={t(`${key}.text`, { count: events.length })}
      actions={
        <Button size="compact-sm" variant="default" loading={away.isPending} onClick={() => away.mutate()}>
          {t('dismiss')}
        </Button>
      }
    >
      <Places topic={topic} events={events} />
      {away.error === null ? null : <Problem error={away.error} />}
    </Standing>
  )
}

/** Names that one notice shows; all are on the page of the orders. */
const NAMES_MAX = 5

/** Where to see what a notice is about. */
function Places({ topic, events }: TopicNoticeProps): ReactNode {
  const t = useTranslations('notices')
  const href = useHref()
  const own = placeOfTopic[topic]
  const places = events.flatMap((event) => placeOf(event))
  const more = places.length - NAMES_MAX
  return (
    <div className="standing-places name">
      {own === undefined ? null : <Link href={href(own.path)}>{t(own.text)}</Link>}
      {places.slice(0, NAMES_MAX).map(({ id, name, path }) => (
        <Link key={id} href={href(path)}>
          <NameText name={name} />
        </Link>
      ))}
      {more > 0 ? <span>{t('more', { count: more })}</span> : null}
    </div>
  )
}

/** Of topics that are about no name. */
const placeOfTopic: Partial<
  Readonly<
    Record<
      NoticeTopic,
      { readonly path: string; readonly text: 'lowBalance.action' | 'webhookDisabled.action' }
    >
  >
> = {
  'balance.low': { path: '/account/balance', text: 'lowBalance.action' },
  'webhook_endpoint.disabled': { path: '/account/webhooks', text: 'webhookDisabled.action' },
}

type Place = { readonly id: string; readonly name: string; readonly path: string }

/** The page of the order that an event is about; none where it is about no name. */
function placeOf({ id, data }: MemberNotice): readonly Place[] {
  if (!('name' in data) || data.name === undefined) return []
  const orderId = 'backorder_id' in data ? data.backorder_id : data.id
  return [{ id, name: data.name, path: orderId === undefined ? '/orders' : `/orders/${orderId}` }]
}
