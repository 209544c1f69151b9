import type { Schema } from '@droplock/sdk/client'
import { Button, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useApi } from '../api.ts'
import { minorUnitsOf } from '../parts/amount.ts'
import { Problem } from '../parts/Problem.tsx'
import { useChange } from '../parts/use-change.ts'
import { useViewing } from '../viewing.tsx'
import { AmountField } from './AmountField.tsx'

type Payment = Schema<'Payment'>

/** More money for the balance, by card: the amount, and then its payment. */
export function TopUp() {
  const t = useTranslations('balance')
  const [payment, setPayment] = useState<Payment>()
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {t('topUp')}
      </Title>
      {payment === undefined ? <Amount onOpened={setPayment} /> : <Pay payment={payment} />}
      <Text size="sm" c="dimmed">
        {t('topUpAbout')}
      </Text>
    </Stack>
  )
}

function Amount({ onOpened }: { onOpened: (payment: Payment) => void }) {
  const t = useTranslations('balance')
  const api = useApi()
  const { currency } = useViewing()
  const [text, setText] = useState('')
  const [isWrong, setWrong] = useState(false)
  const open = useChange<number, Payment>({
    change: (amount_minor, key) =>
      api.post('/v1/top-ups', {
        params: { header: { 'Idempotency-Key': key } },
        body: { amount_minor, return_url: window.location.href },
      }),
    onDone: onOpened,
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const minor = minorUnitsOf(text, currency)
        setWrong(minor === undefined)
        if (minor !== undefined && !open.isPending) open.mutate(minor)
      }}
    >
      <Stack gap="sm" align="start">
        <AmountField
          label={t('topUpAmount', { currency })}
          value={text}
          onChange={setText}
          error={isWrong ? t('notAnAmount') : undefined}
        />
        {open.error === null ? null : <Problem error={open.error} />}
        <Button type="submit" loading={open.isPending}>
          {t('topUpGo')}
        </Button>
      </Stack>
    </form>
  )
}

function Pay({ payment }: { payment: Payment }) {
  return payment.pay_url === undefined ? null : <a href={payment.pay_url}>{payment.pay_url}</a>
}
