import { Button, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { type Money, useApi } from '../api.ts'
import { later } from '../later.tsx'
import { returnUrlOf } from '../order/return-url.ts'
import { once, tabStore } from '../parts/keys.ts'
import { Problem } from '../parts/Problem.tsx'
import { Said } from '../parts/Said.tsx'
import { useMoney } from '../parts/texts.tsx'
import { useChange } from '../parts/use-change.ts'
import { useViewing } from '../viewing.tsx'
import { AmountField, useAmount } from './AmountField.tsx'
import { paymentQuery } from './queries.ts'

const CardPayment = later(async () => (await import('../order/CardPayment.tsx')).CardPayment)

const PATH = '/account/balance'

/** Where the payment's id is kept, over the way to a card's page and back. */
const OPENED = 'droplock.top-up'

/** More money for the balance, by card: the amount, and then its payment, until the API says what became of it. */
export function TopUp() {
  const t = useTranslations('balance')
  const money = useMoney()
  const queries = useQueryClient()
  const [opened, setOpened] = useState(() => tabStore().getItem(OPENED) ?? undefined)
  const [added, setAdded] = useState<Money>()
  const open = (id: string) => {
    tabStore().setItem(OPENED, id)
    setAdded(undefined)
    setOpened(id)
  }
  const leave = () => {
    tabStore().removeItem(OPENED)
    setOpened(undefined)
  }
  const finish = (paid: Money) => {
    leave()
    setAdded(paid)
    for (const first of ['balance', 'forecast', 'transactions', 'statement'])
      void queries.invalidateQueries({ queryKey: [first] })
  }
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {t('topUp')}
      </Title>
      <Said text={added === undefined ? undefined : t('topUpDone', { amount: money(added) })} />
      {opened === undefined ? (
        <Amount onOpened={open} />
      ) : (
        <Pay id={opened} onPaid={finish} onAnother={leave} />
      )}
      <Text size="sm" c="dimmed">
        {t('topUpAbout')}
      </Text>
    </Stack>
  )
}

function Amount({ onOpened }: { onOpened: (id: string) => void }) {
  const t = useTranslations('balance')
  const api = useApi()
  const queries = useQueryClient()
  const { language, currency } = useViewing()
  const amount = useAmount(currency)
  const { mutate, isPending, error } = useChange({
    keptAs: 'top-up',
    change: (amount_minor: number, key) =>
      api.post('/v1/top-ups', {
        params: { header: once(key) },
        body: { amount_minor, return_url: returnUrlOf(window.location.origin, language, PATH) },
      }),
    onDone: (payment) => {
      queries.setQueryData(paymentQuery(api, payment.id).queryKey, { ...payment, refunds: [] })
      onOpened(payment.id)
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const minor = amount.read()
        if (minor !== undefined && !isPending) mutate(minor)
      }}
    >
      <Stack gap="sm" align="start">
        <AmountField label={t('topUpAmount', { currency })} amount={amount} />
        {error === null ? null : <Problem error={error} />}
        <Button type="submit" loading={isPending}>
          {t('topUpGo')}
        </Button>
      </Stack>
    </form>
  )
}

type PayProps = {
  readonly id: string
  readonly onPaid: (amount: Money) => void
  readonly onAnother: () => void
}

function Pay({ id, onPaid, onAnother }: PayProps) {
  const t = useTranslations('balance')
  const { data: payment, error, refetch } = useQuery(paymentQuery(useApi(), id))
  return (
    <Stack gap="sm">
      {payment !== undefined ? (
        <Suspense fallback={<Skeleton height={120} />}>
          <CardPayment payment={payment} returnTo={PATH} onPaid={() => onPaid(payment.amount)} />
        </Suspense>
      ) : error === null ? (
        <Skeleton height={120} />
      ) : (
        <Problem error={error} onAgain={() => void refetch()} />
      )}
      <Button variant="subtle" size="compact-sm" onClick={onAnother}>
        {t('topUpOther')}
      </Button>
    </Stack>
  )
}
