import type { Schema } from '@droplock/sdk/client'
import { Alert, Anchor, Button, Group, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Link } from 'wouter'
import { type BackorderDetail, useApi } from '../api.ts'
import { Problem } from '../parts/Problem.tsx'
import { Countdown, TimeText, useMoney, WindowText } from '../parts/texts.tsx'
import { useHref, useViewing } from '../viewing.tsx'
import { outcomeOf, refundedOf, refundSentence, tones } from './outcome.ts'
import { InstantText } from './times.tsx'

type CaseStateProps = {
  readonly order: BackorderDetail
  readonly refunds: readonly Schema<'RefundDetail'>[]
}

/** The state of an order in words, and what can be done. A change of it is said by screen readers. */
export function CaseState({ order, refunds }: CaseStateProps) {
  const t = useTranslations('orders')
  const outcome = outcomeOf(order)
  const { holder_clid: holder, winner_created_at: wonAt } = order.outcome ?? {}
  return (
    <Alert color={tones[order.state]} variant="light" className="case-state" icon={null}>
      <div role="status">
        <Title order={2} size="h3">
          {t(`outcomes.${outcome}.title`)}
        </Title>
        <Text mt={4}>
          {t.rich(
            outcome === 'lost' && wonAt !== undefined ? 'outcomes.lost.textAt' : `outcomes.${outcome}.text`,
            {
              holder: holder === undefined ? t('timeline.anotherRegistrar') : t('registrar', { id: holder }),
              at: () => (wonAt === undefined ? '–' : <InstantText key="at" at={wonAt} />),
              evidence: (words) => (
                <Anchor key="evidence" href="#evidence" inherit>
                  {words}
                </Anchor>
              ),
              window: () => <WindowText key="window" seconds from={order.drop_from} to={order.drop_to} />,
              to: () => <TimeText key="to" at={order.drop_to} seconds />,
              settled: () =>
                order.settled_at === undefined ? '–' : <InstantText key="settled" at={order.settled_at} />,
            },
          )}
        </Text>
        <WhatHappensToMoney order={order} refunds={refunds} />
        {order.decided_at === undefined || order.state === 'successful' ? null : (
          <Text size="sm" mt={8}>
            {t('when.ended')} <TimeText at={order.decided_at} seconds />
          </Text>
        )}
      </div>
      <Waiting order={order} />
    </Alert>
  )
}

/** Of an order that ended without the name: that the price goes back, and where. */
function WhatHappensToMoney({ order, refunds }: CaseStateProps) {
  const t = useTranslations('orders')
  const money = useMoney()
  const [refund] = refunds
  if (order.state === 'expired' && refund === undefined) {
    const isPaid = order.payments.some(({ state }) => state === 'succeeded')
    return isPaid ? null : <Text mt={4}>{t('moneyBack.nothingPaid')}</Text>
  }
  if (order.state !== 'failed' && order.state !== 'expired') return null
  const sentence = refund === undefined ? 'proposed' : refundSentence(refund)
  const words =
    refund === undefined || sentence === 'proposed'
      ? t('moneyBack.comes')
      : sentence === 'rejected' || sentence === 'expired'
        ? t(`money.refunds.${sentence}`)
        : t(`moneyBack.${sentence}`, { amount: money(refundedOf(refunds) ?? refund.amount) })
  return (
    <Text mt={4} fw={600}>
      {words}
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
          <Text mt="sm">{t.rich('pay.left', { left: () => <BigCountdown key="left" to={pay_by} /> })}</Text>
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
      <Text mt="sm">{t.rich('drop.in', { left: () => <BigCountdown key="left" to={drop_from} /> })}</Text>
    )
  if (state === 'registering') {
    const [newest] = attempts
    return (
      <Text mt="sm">
        {newest === undefined
          ? t('drop.noAttempt')
          : t.rich('drop.lastAttempt', { at: () => <InstantText key="at" at={newest.sent_at} /> })}
      </Text>
    )
  }
  return null
}

function BigCountdown({ to }: { to: string }) {
  return (
    <b className="big-countdown">
      <Countdown to={to} />
    </b>
  )
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
