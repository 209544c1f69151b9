import type { Schema } from '@droplock/sdk/client'
import { Alert, Button, Group, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Link } from 'wouter'
import { type BackorderDetail, useApi } from '../api.ts'
import { Problem } from '../parts/Problem.tsx'
import { Countdown, TimeText, useMoney, WindowText } from '../parts/texts.tsx'
import { useHref, useViewing } from '../viewing.tsx'
import { outcomeOf, placeOf, refundedOf, tones } from './outcome.ts'
import { InstantText } from './times.tsx'

type CaseStateProps = {
  readonly order: BackorderDetail
  readonly refunds: readonly Schema<'RefundDetail'>[]
}

/** The state of an order in words, and what can be done. A change of it is said by screen readers. */
export function CaseState({ order, refunds }: CaseStateProps) {
  const t = useTranslations('orders.outcomes')
  const outcome = outcomeOf(order)
  return (
    <Alert color={tones[order.state]} variant="light" className="case-state" icon={null}>
      <div role="status">
        <Title order={2} size="h3">
          {t(`${outcome}.title`)}
        </Title>
        <Text mt={4}>
          {t.rich(`${outcome}.text`, {
            window: () => <WindowText key="window" seconds from={order.drop_from} to={order.drop_to} />,
            to: () => <TimeText key="to" at={order.drop_to} seconds />,
            settled: () =>
              order.settled_at === undefined ? '–' : <InstantText key="settled" at={order.settled_at} />,
          })}
        </Text>
        <WhatHappensToMoney order={order} refunds={refunds} />
      </div>
      <Waiting order={order} />
    </Alert>
  )
}

/** Of an order that ended without the name: that the price goes back, and where. */
function WhatHappensToMoney({ order, refunds }: CaseStateProps) {
  const t = useTranslations('orders.moneyBack')
  const money = useMoney()
  const [refund] = refunds
  if (order.state === 'expired' && refund === undefined) {
    const isPaid = order.payments.some(({ state }) => state === 'succeeded')
    return isPaid ? null : <Text mt={4}>{t('nothingPaid')}</Text>
  }
  if (order.state !== 'failed' && order.state !== 'expired') return null
  const amount = refundedOf(refunds)
  if (amount === undefined || refund === undefined) return <Text mt={4}>{t('comes')}</Text>
  return (
    <Text mt={4} fw={600}>
      {t(refund.state === 'succeeded' ? `done_${placeOf(refund)}` : `under_way_${placeOf(refund)}`, {
        amount: money(amount),
      })}
    </Text>
  )
}

/** What an order waits for, by the second, and what can be done meanwhile. */
function Waiting({ order }: { order: BackorderDetail }): ReactNode {
  const t = useTranslations('orders')
  const href = useHref()
  const { viewer } = useViewing()
  const { id, state, pay_by, drop_from, attempts } = order
  if (state === 'pending_payment')
    return (
      <>
        {pay_by === undefined ? null : (
          <Text mt="sm">
            {t('pay.left')}{' '}
            <b className="big-countdown">
              <Countdown to={pay_by} />
            </b>
          </Text>
        )}
        {viewer?.role === 'viewer' ? (
          <Text mt="sm">{t('pay.viewerMayNot')}</Text>
        ) : (
          <Group mt="sm" gap="md">
            <Button component={Link} href={href(`/orders/${id}/pay`)}>
              {t('pay.now')}
            </Button>
            <Release id={id} />
          </Group>
        )}
      </>
    )
  if (state === 'backordered')
    return (
      <Text mt="sm">
        {t('drop.in')}{' '}
        <b className="big-countdown">
          <Countdown to={drop_from} />
        </b>
      </Text>
    )
  if (state === 'registering') {
    const [newest] = attempts
    return (
      <Text mt="sm">
        {newest === undefined ? (
          t('drop.noAttempt')
        ) : (
          <>
            {t('drop.lastAttempt')} <InstantText at={newest.sent_at} />
          </>
        )}
      </Text>
    )
  }
  return null
}

/** Gives an unpaid name back, after a second press: others can order it at once. */
function Release({ id }: { id: string }) {
  const t = useTranslations('orders.release')
  const api = useApi()
  const queries = useQueryClient()
  const [isSure, setIsSure] = useState(false)
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => api.post('/v1/backorders/{id}/release', { params: { path: { id } } }),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['backorder', id] }),
        queries.invalidateQueries({ queryKey: ['backorders'] }),
      ]),
  })
  if (error !== null) return <Problem error={error} />
  if (!isSure)
    return (
      <Button variant="default" onClick={() => setIsSure(true)}>
        {t('button')}
      </Button>
    )
  return (
    <Group gap="sm" role="group" aria-label={t('button')}>
      <Text>{t('sure')}</Text>
      <Button color="red" loading={isPending} onClick={() => mutate()} data-autofocus autoFocus>
        {t('yes')}
      </Button>
      <Button variant="default" onClick={() => setIsSure(false)}>
        {t('no')}
      </Button>
    </Group>
  )
}
