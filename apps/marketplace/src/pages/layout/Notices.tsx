import { type MemberNotice, type NoticeTopic, noticeTopics } from '@droplock/rules/member-notices'
import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Link } from 'wouter'
import { BouncedAddress } from '../mails/BouncedAddress.tsx'
import { noticesQuery } from '../mails/queries.ts'
import { TermsNotice } from '../members/TermsNotice.tsx'
import { askOwn } from '../own.ts'
import type { Viewer } from '../page-state.ts'
import { Problem } from '../parts/Problem.tsx'
import { NameText, useMoney } from '../parts/texts.tsx'
import { useChange } from '../parts/use-change.ts'
import { useHref } from '../viewing.tsx'

const noNotices = { bouncing: null, events: [] } as const

/** What a person should know whichever page they are on, the most pressing first: until it is over, or they put it away. */
export function Notices({ viewer: { isSuspended, mustAcceptTerms } }: { viewer: Viewer }) {
  const t = useTranslations('notices')
  const { data: { bouncing, events } = noNotices } = useQuery(noticesQuery)
  const byTopic = Map.groupBy(events, ({ topic }) => topic)
  const topics = noticeTopics.filter((topic) => byTopic.has(topic))
  if (bouncing === null && !isSuspended && !mustAcceptTerms && topics.length === 0) return null
  return (
    <Stack component="section" gap="sm" mb="lg" aria-label={t('title')}>
      {isSuspended ? (
        <Alert color="red" variant="light" role="note" title={t('suspendedTitle')}>
          <Text size="sm">{t('suspended')}</Text>
        </Alert>
      ) : null}
      {mustAcceptTerms ? <TermsNotice /> : null}
      {bouncing === null ? null : <BouncedAddress {...bouncing} />}
      {topics.map((topic) => (
        <TopicNotice key={topic} topic={topic} events={byTopic.get(topic) ?? []} />
      ))}
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
    <Alert
      color={urgent.has(topic) ? 'red' : 'yellow'}
      variant="light"
      role="note"
      title={t(`${key}.title`, { count: events.length, balance })}
    >
      <Text size="sm">{t(`${key}.text`)}</Text>
      <Group gap="sm" mt={6} justify="space-between" align="end">
        <Places topic={topic} events={events} />
        <Button size="compact-sm" variant="default" loading={away.isPending} onClick={() => away.mutate()}>
          {t('dismiss')}
        </Button>
      </Group>
      {away.error === null ? null : <Problem error={away.error} />}
    </Alert>
  )
}

/** Names that one notice shows; all are on the page of the orders. */
const NAMES_MAX = 5

/** Where to see what a notice is about. */
function Places({ topic, events }: TopicNoticeProps): ReactNode {
  const t = useTranslations('notices')
  const href = useHref()
  if (topic === 'balance.low')
    return (
      <Anchor component={Link} size="sm" href={href('/account/balance')}>
        {t('lowBalance.action')}
      </Anchor>
    )
  if (topic === 'webhook_endpoint.disabled')
    return (
      <Anchor component={Link} size="sm" href={href('/account/webhooks')}>
        {t('webhookDisabled.action')}
      </Anchor>
    )
  const places = events.flatMap((event) => placeOf(event))
  const more = places.length - NAMES_MAX
  return (
    <Group gap="xs" className="name">
      {places.slice(0, NAMES_MAX).map(({ id, name, path }) => (
        <Anchor key={id} component={Link} size="sm" href={href(path)}>
          <NameText name={name} />
        </Anchor>
      ))}
      {more > 0 ? (
        <Text size="sm" c="dimmed">
          {t('more', { count: more })}
        </Text>
      ) : null}
    </Group>
  )
}

type Place = { readonly id: string; readonly name: string; readonly path: string }

/** The page of the order that an event is about; none where it is about no name. */
function placeOf({ id, data }: MemberNotice): readonly Place[] {
  if (!('name' in data) || data.name === undefined) return []
  const orderId = 'backorder_id' in data ? data.backorder_id : data.id
  return [{ id, name: data.name, path: orderId === undefined ? '/orders' : `/orders/${orderId}` }]
}
