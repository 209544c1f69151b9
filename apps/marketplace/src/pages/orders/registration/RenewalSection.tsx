import type { Schema } from '@droplock/sdk/client'
import { Alert, Button, NativeSelect, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { type Money, type Payment, type Registration, useApi } from '../../api.ts'
import { PayBox } from '../../order/PayBox.tsx'
import { returnUrlOf } from '../../order/return-url.ts'
import { once } from '../../parts/keys.ts'
import { Problem } from '../../parts/Problem.tsx'
import { TimeText, useMoney } from '../../parts/texts.tsx'
import { useViewing } from '../../viewing.tsx'
import { Invoices } from '../InvoiceSection.tsx'
import { quoteQuery, renewalsQuery } from '../queries.ts'

type Renewal = Schema<'Renewal'>

const ended: ReadonlySet<Renewal['state']> = new Set(['successful', 'failed', 'expired'])

/** The renewals of a name, and another one: it is never renewed by itself. */
export function RenewalSection({ registration }: { registration: Registration }) {
  const t = useTranslations('orders.renewal')
  const { viewer } = useViewing()
  const [isOpen, setIsOpen] = useState(false)
  const { data: renewals, error, refetch } = useQuery(renewalsQuery(useApi(), registration.id))
  if (error !== null && renewals === undefined)
    return <Problem error={error} onAgain={() => void refetch()} />
  if (renewals === undefined) return <Skeleton height={80} mt="md" />
  const current = renewals.find(({ state }) => !ended.has(state))
  const last = renewals.find(({ state }) => ended.has(state))
  return (
    <Stack gap="sm" mt="lg" align="start">
      <Title order={3} size="h5">
        {t('title')}
      </Title>
      {current === undefined ? null : <Current renewal={current} registration={registration} />}
      {current === undefined && last !== undefined ? <Last renewal={last} /> : null}
      {current === undefined && !isOpen ? <Text>{t('about')}</Text> : null}
      {viewer?.role === 'viewer' || current !== undefined ? null : isOpen ? (
        <RenewForm registration={registration} onDone={() => setIsOpen(false)} />
      ) : (
        <Button onClick={() => setIsOpen(true)}>{t('renew')}</Button>
      )}
    </Stack>
  )
}

/** A renewal that is decided, with its invoice. */
function Last({ renewal }: { renewal: Renewal }) {
  const t = useTranslations('orders.renewal')
  const { id, state, years, new_expires_at, failure_reason } = renewal
  return (
    <Stack gap="xs" className="wide">
      <Text role="status">
        {state === 'failed'
          ? t(`failed.${failure_reason ?? 'refused'}`)
          : t.rich(state === 'successful' ? 'successful' : 'expired', {
              years,
              until: () =>
                new_expires_at === undefined ? '–' : <TimeText key="until" at={new_expires_at} />,
            })}
      </Text>
      {state === 'successful' ? <Invoices of={{ renewal_id: id }} /> : null}
    </Stack>
  )
}

/** A renewal that waits for its payment or for the registry. */
function Current({ renewal, registration }: { renewal: Renewal; registration: Registration }) {
  const t = useTranslations('orders.renewal')
  const api = useApi()
  const { viewer } = useViewing()
  const reload = useReload()
  const { id, state, years, price, pay_by } = renewal
  const money = useMoney()
  return (
    <Stack gap="sm" className="wide">
      <Text role="status">
        {t(state === 'pending_payment' ? 'unpaid' : 'underWay', { years, amount: money(price) })}
      </Text>
      {state !== 'pending_payment' || viewer?.role === 'viewer' ? null : (
        <>
          {pay_by === undefined ? null : (
            <Text size="sm">
              {t('payBy')} <TimeText at={pay_by} seconds />
            </Text>
          )}
          <PayBox
            what={`renewal ${id}`}
            amount={price}
            byCard={(key) =>
              api.post('/v1/renewals/{id}/payments', {
                params: { path: { id }, header: once(key) },
              })
            }
            returnTo={`/orders/${registration.backorder_id}`}
            onPaid={reload}
          />
        </>
      )}
    </Stack>
  )
}

function useReload() {
  const queries = useQueryClient()
  return () => {
    for (const key of ['renewals', 'registration', 'balance'])
      void queries.invalidateQueries({ queryKey: [key] })
  }
}

/** As the API has it. */
const YEARS_MAX = 9

/** Years, the quoted price, and its payment. */
function RenewForm({ registration, onDone }: { registration: Registration; onDone: () => void }) {
  const t = useTranslations('orders.renewal')
  const [years, setYears] = useState(1)
  const {
    data: quote,
    error,
    refetch,
    isPlaceholderData,
  } = useQuery(quoteQuery(useApi(), registration.id, years))
  return (
    <Stack gap="md" className="wide">
      <NativeSelect
        label={t('years')}
        value={String(years)}
        autoFocus
        data={Array.from({ length: YEARS_MAX }, (_, index) => ({
          value: String(index + 1),
          label: t('yearsChoice', { years: index + 1 }),
        }))}
        onChange={({ currentTarget: { value } }) => setYears(Number(value))}
      />
      {error !== null ? (
        <Problem error={error} onAgain={() => void refetch()} />
      ) : quote === undefined ? (
        <Skeleton height={120} />
      ) : (
        <div aria-busy={isPlaceholderData}>
          <Quoted
            key={`${years} ${quote.price.amount_minor} ${quote.expires_at}`}
            quote={quote}
            onDone={onDone}
          />
        </div>
      )}
      <Button variant="default" onClick={onDone} className="start">
        {t('cancel')}
      </Button>
    </Stack>
  )
}

function Quoted({ quote, onDone }: { quote: Schema<'RenewalQuote'>; onDone: () => void }) {
  const t = useTranslations('orders.renewal')
  const api = useApi()
  const { language } = useViewing()
  const reload = useReload()
  const { registration_id, backorder_id, years, price, expires_at, new_expires_at } = quote
  const path = `/orders/${backorder_id}`
  const order = (
    payment: 'balance' | 'card',
    key: string,
  ): Promise<{ readonly payment?: Payment | undefined }> =>
    api.post('/v1/registrations/{id}/renewals', {
      params: { path: { id: registration_id }, header: once(key) },
      body: {
        years,
        payment,
        price,
        expires_at,
        ...(payment === 'card' && { return_url: returnUrlOf(window.location.origin, language, path) }),
      },
    })
  return (
    <Stack gap="sm">
      <Text>
        {t.rich('quote', {
          from: () => <TimeText key="from" at={expires_at} />,
          until: () => <TimeText key="until" at={new_expires_at} />,
        })}{' '}
        <Price amount={price} />
      </Text>
      <PayBox
        what={`renew ${registration_id} ${expires_at}`}
        content={{ years, expires_at }}
        amount={price}
        fromBalance={(key) => order('balance', key)}
        byCard={async (key) => (await order('card', key)).payment}
        returnTo={path}
        onPaid={() => {
          reload()
          onDone()
        }}
        notice={() => <Alert variant="light">{t('binding')}</Alert>}
      />
    </Stack>
  )
}

function Price({ amount }: { amount: Money }) {
  const money = useMoney()
  return <b>{money(amount)}</b>
}
