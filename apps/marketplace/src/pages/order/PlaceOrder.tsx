import { ProblemError, type Schema } from '@droplock/sdk/client'
import { Alert, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useLocation } from 'wouter'
import { type Money, type Payment, useApi } from '../api.ts'
import { once } from '../parts/keys.ts'
import { MoneyText, TimeText, useMoney } from '../parts/texts.tsx'
import { useWords } from '../parts/use-words.ts'
import { useHref, useViewing } from '../viewing.tsx'
import { type Checks, type Reason, verdictOf } from './checks.ts'
import { type Chosen, payPath, returnPath, unheldPath } from './chosen.ts'
import type { Method } from './methods.ts'
import { rememberOpened } from './opened.ts'
import { PayBox } from './PayBox.tsx'
import { returnUrlOf } from './return-url.ts'

type PlaceBackorder = Schema<'PlaceBackorder'>

type PlaceOrderProps = {
  readonly checks: Checks
  readonly chosen: Chosen
  readonly contactId: string | undefined
  /** What has to be done before the order. */
  readonly first: string | undefined
  /** The name has changed meanwhile: it is checked again. */
  readonly onRefused: () => void
}

/** The name under which the Idempotency-Key of an order is kept. */
export const keyOf = (name: string) => `order ${name}`

/** The price, and the order with its payment: nothing is ordered at another price than the one that is shown. */
export function PlaceOrder({ checks, chosen, contactId, first, onRefused }: PlaceOrderProps) {
  const t = useTranslations('order')
  const money = useMoney()
  const say = useWords()
  const [refusedPrice, setRefusedPrice] = useState<Money>()
  const { name, price } = checks.balance
  const { whyNot, isHeldByCard } = verdictOf(checks)
  const { place, payUnheld } = useRequests(name, chosen)
  if (price === undefined) return null
  const watchful = async (sent: Promise<Payment | undefined>) => {
    try {
      return await sent
    } catch (error) {
      setRefusedPrice(price)
      onRefused()
      throw error
    }
  }
  const order = { name, expected_price: price, ...(contactId !== undefined && { contact_id: contactId }) }
  return (
    <Stack gap="md">
      <div>
        <Text size="sm" c="dimmed">
          {t('price')}
        </Text>
        <Text fz={28} fw={700}>
          <MoneyText amount={price} />
        </Text>
        <Text size="sm">{t('priceFinal')}</Text>
      </div>
      <PayBox
        what={keyOf(name)}
        content={contactId}
        amount={price}
        fromBalance={(key) => watchful(place({ ...order, payment: 'balance' }, key))}
        byCard={(key) => watchful(isHeldByCard ? place({ ...order, payment: 'card' }, key) : payUnheld(key))}
        // Who pays several by card has said so already.
        preferred={chosen.step === undefined ? undefined : 'card'}
        whyNot={spoken(whyNot, say)}
        returnTo={returnPath(chosen)}
        onPaid={() => undefined}
        first={first}
        labels={{
          balance: t('orderFromBalance', { amount: money(price) }),
          card: t(isHeldByCard ? 'orderByCard' : 'payByCardUnheld', { amount: money(price) }),
        }}
        notice={(method) => <Notice method={method} payBy={isHeldByCard ? checks.card.pay_by : undefined} />}
        showRefusal={(error) => {
          const now = priceChange(error)
          return now === undefined || refusedPrice === undefined ? undefined : (
            <PriceChanged now={now} before={refusedPrice} />
          )
        }}
      />
    </Stack>
  )
}

/** The two ways to order a name; each goes on to where its payment is followed. */
function useRequests(name: string, chosen: Chosen) {
  const api = useApi()
  const href = useHref()
  const { language } = useViewing()
  const [, navigate] = useLocation()
  const queries = useQueryClient()
  const returnUrl = () =>
    returnUrlOf(
      window.location.origin,
      language,
      returnPath(chosen),
      returnPath({ names: [name], step: undefined }),
    )
  const goOn = (path: string) => {
    rememberOpened(name, path)
    // Balance, listings and orders are others now.
    void queries.invalidateQueries()
    navigate(href(path), { replace: true })
  }
  const place = async (order: PlaceBackorder, key: string): Promise<undefined> => {
    const body = order.payment === 'card' ? { ...order, return_url: returnUrl() } : order
    const { id } = await api.post('/v1/backorders', { body, params: { header: once(key) } })
    goOn(payPath(id, chosen))
  }
  const payUnheld = async (key: string): Promise<undefined> => {
    const body = { name, return_url: returnUrl() }
    const { id } = await api.post('/v1/payments', { body, params: { header: once(key) } })
    goOn(unheldPath(id, chosen))
  }
  return { place, payUnheld }
}

function spoken(
  whyNot: Partial<Readonly<Record<Method, Reason>>>,
  say: (reason: Reason) => string,
): Partial<Record<Method, string>> {
  return {
    ...(whyNot.balance !== undefined && { balance: say(whyNot.balance) }),
    ...(whyNot.card !== undefined && { card: say(whyNot.card) }),
  }
}

/** What one agrees to by paying. `payBy`: until when a name is held for a card; undefined: it is not. */
function Notice({ method, payBy }: { method: Method | undefined; payBy: string | undefined }) {
  const t = useTranslations('order')
  return (
    <Alert variant="light" title={t('noCancelTitle')}>
      <Text size="sm">{t('noCancel')}</Text>
      {method === 'card' ? (
        <Text size="sm" mt="xs">
          {payBy === undefined
            ? t('holdNone')
            : t.rich('holdShort', { at: () => <TimeText key="at" at={payBy} /> })}
        </Text>
      ) : null}
    </Alert>
  )
}

/** The refusal of an order at a price that is not in force any more. */
function priceChange(error: unknown): Money | undefined {
  if (!(error instanceof ProblemError) || error.code !== 'price_changed') return undefined
  const price = error.problem?.['price']
  return typeof price === 'object' && price !== null && 'amount_minor' in price && 'currency' in price
    ? { amount_minor: Number(price.amount_minor), currency: String(price.currency) }
    : undefined
}

function PriceChanged({ now, before }: { now: Money; before: Money }) {
  const t = useTranslations('order')
  const money = useMoney()
  return (
    <Alert color="orange" variant="light" role="alert" title={t('priceChangedTitle')}>
      {t('priceChanged', { now: money(now), before: money(before) })}
    </Alert>
  )
}
