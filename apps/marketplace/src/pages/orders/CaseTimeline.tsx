import type { Schema } from '@droplock/sdk/client'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useNow, useTranslations } from 'use-intl'
import { type BackorderDetail, useApi } from '../api.ts'
import { Section } from '../parts/Facts.tsx'
import { TimeText, useBrowserZone, useMoney, WindowText } from '../parts/texts.tsx'
import { placeOf } from './outcome.ts'
import { invoicesQuery, registrationQuery, renewalsQuery } from './queries.ts'
import { mergeTimeline, type Step, type TimelineEntry } from './timeline.ts'
import { InstantText } from './times.tsx'

type CaseTimelineProps = {
  readonly order: BackorderDetail
  readonly entries: readonly TimelineEntry[]
  readonly refunds: readonly Schema<'RefundDetail'>[]
}

/** The commands of the drop itself, of which every millisecond counts. */
const inMilliseconds: ReadonlySet<TimelineEntry['kind']> = new Set(['first_attempt', 'deciding_attempt'])

/** What is ahead becomes what happened. Milliseconds. */
const LOOK_MS = 1_000

/** What happened to an order, oldest first, and what is to come. */
export function CaseTimeline({ order, entries, refunds }: CaseTimelineProps) {
  const t = useTranslations('orders.timeline')
  const api = useApi()
  const isCaught = order.state === 'successful'
  const { data: invoices = [] } = useQuery({
    ...invoicesQuery(api, { backorder_id: order.id }),
    enabled: isCaught,
  })
  const { data: registration } = useQuery({ ...registrationQuery(api, order.id), enabled: isCaught })
  const registrationId = registration?.id
  const { data: renewals = [] } = useQuery({
    ...renewalsQuery(api, registrationId ?? ''),
    enabled: registrationId !== undefined,
  })
  const now = useNow({ updateInterval: LOOK_MS })
  const isHere = useBrowserZone() !== undefined
  return (
    <Section title={t('title')}>
      {isHere ? (
        <ol className="timeline">
          {mergeTimeline({ order, entries, invoices, renewals, now }).map((step) => (
            <li key={step.key} className={step.kind === 'coming' ? 'coming' : undefined}>
              <div className="at">
                {step.kind === 'happened' && inMilliseconds.has(step.entry.kind) ? (
                  <InstantText at={step.at} />
                ) : (
                  <TimeText at={step.at} seconds />
                )}
              </div>
              <div>
                <StepText step={step} order={order} refunds={refunds} />
              </div>
            </li>
          ))}
        </ol>
      ) : (
        <Skeleton height={300} />
      )}
    </Section>
  )
}

type OfCase = Pick<CaseTimelineProps, 'order' | 'refunds'>

function StepText({ step, ...ofCase }: { step: Step } & OfCase): ReactNode {
  const t = useTranslations('orders.timeline')
  const money = useMoney()
  switch (step.kind) {
    case 'happened':
      return <EntryText entry={step.entry} {...ofCase} />
    case 'invoice':
      return t(step.invoice.kind, { number: step.invoice.number })
    case 'renewal_ordered':
      return t('renewalOrdered', { years: step.renewal.years, amount: money(step.renewal.price) })
    case 'renewal_decided':
      return t(`renewal.${step.renewal.state}`, { years: step.renewal.years })
    case 'coming':
      return (
        <>
          {t(`coming.${step.what}`)} <span className="ahead">{t('ahead')}</span>
        </>
      )
  }
}

/** For the tags of a text: a time to the second, and one to the millisecond. */
const time = (iso: string | undefined) => () =>
  iso === undefined ? '–' : <TimeText key={iso} at={iso} seconds />
const instant = (iso: string | undefined) => () =>
  iso === undefined ? '–' : <InstantText key={iso} at={iso} />

/** The sentence of an entry in the reader's language; of a kind that these pages do not know yet, the API's own. */
function EntryText({ entry, order, refunds }: { entry: TimelineEntry } & OfCase): ReactNode {
  const t = useTranslations('orders.timeline')
  const tOrders = useTranslations('orders')
  const money = useMoney()
  const { kind, amount, state, method, reason, holder_clid } = entry
  const { drop_from: from, drop_to: to } = entry
  const window = {
    cutoff: time(entry.cutoff_at),
    window: () =>
      from === undefined || to === undefined ? '–' : <WindowText key="window" seconds from={from} to={to} />,
  }
  const sum = amount === undefined ? '' : money(amount)
  switch (kind) {
    case 'ordered':
      return entry.pay_by === undefined
        ? t('ordered', { amount: sum })
        : t.rich('held', { amount: sum, until: time(entry.pay_by) })
    case 'payment': {
      if (state === 'succeeded')
        return t(method === 'card' ? 'paidByCard' : 'paidFromBalance', { amount: sum })
      const known = `paymentStates.${state ?? 'processing'}` as const
      const words = t.has(known as never) ? t(known as never) : ''
      return t(method === 'card' ? 'paymentByCard' : 'paymentFromBalance', { amount: sum, state: words })
    }
    case 'secured':
    case 'suspected':
    case 'first_attempt':
      return t(kind)
    case 'moved_by_list':
    case 'moved_by_operator':
    case 'armed':
      return t.rich(kind, window)
    case 'deciding_attempt':
      return order.deciding_attempt === undefined
        ? t('decidingAttempt')
        : t('decidingCommand', { command: tOrders(`evidence.commands.${order.deciding_attempt.command}`) })
    case 'decided':
      if (state === 'successful') return t.rich('caught', { at: instant(entry.settled_at) })
      if (reason === 'lost')
        return t.rich(entry.winner_created_at === undefined ? 'lost' : 'lostAt', {
          holder:
            holder_clid === undefined ? t('anotherRegistrar') : tOrders('registrar', { id: holder_clid }),
          at: instant(entry.winner_created_at),
        })
      return reason === undefined ? entry.text : t(`reasons.${reason}`)
    case 'refund_created': {
      const refund = refunds.find(({ created_at }) => created_at === entry.at)
      return refund === undefined ? entry.text : t(`refundBegun.${placeOf(refund)}`, { amount: sum })
    }
    case 'refund_decided': {
      const refund = refunds.find(({ decided_at }) => decided_at === entry.at)
      if (refund?.state === 'succeeded') return t(`refunded.${placeOf(refund)}`, { amount: sum })
      const known = `refundStates.${state ?? 'processing'}` as const
      return t('refundDecided', { amount: sum, state: t.has(known as never) ? t(known as never) : '' })
    }
    default:
      return entry.text
  }
}
