import { Button, Stack, Text, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { type Money, useApi } from '../api.ts'
import { PayBox } from '../order/PayBox.tsx'
import { returnUrlOf } from '../order/return-url.ts'
import { minorUnitsOf } from '../parts/amount.ts'
import { Said } from '../parts/Said.tsx'
import { useMoney } from '../parts/texts.tsx'
import { useViewing } from '../viewing.tsx'
import { AmountField } from './AmountField.tsx'

const PATH = '/account/balance'

/** More money for the balance, by card: the amount, and then its payment. */
export function TopUp() {
  const t = useTranslations('balance')
  const money = useMoney()
  const queries = useQueryClient()
  const [amount, setAmount] = useState<Money>()
  const [added, setAdded] = useState<Money>()
  const done = (paid: Money) => {
    setAmount(undefined)
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
      {amount === undefined ? (
        <Amount
          onChosen={(chosen) => {
            setAmount(chosen)
            setAdded(undefined)
          }}
        />
      ) : (
        <Pay amount={amount} onPaid={() => done(amount)} onBack={() => setAmount(undefined)} />
      )}
      <Text size="sm" c="dimmed">
        {t('topUpAbout')}
      </Text>
    </Stack>
  )
}

function Amount({ onChosen }: { onChosen: (amount: Money) => void }) {
  const t = useTranslations('balance')
  const { currency } = useViewing()
  const [text, setText] = useState('')
  const [isWrong, setWrong] = useState(false)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const minor = minorUnitsOf(text, currency)
        setWrong(minor === undefined)
        if (minor !== undefined) onChosen({ amount_minor: minor, currency })
      }}
    >
      <Stack gap="sm" align="start">
        <AmountField
          label={t('topUpAmount', { currency })}
          value={text}
          onChange={setText}
          error={isWrong ? t('notAnAmount') : undefined}
        />
        <Button type="submit">{t('topUpGo')}</Button>
      </Stack>
    </form>
  )
}

type PayProps = { readonly amount: Money; readonly onPaid: () => void; readonly onBack: () => void }

function Pay({ amount, onPaid, onBack }: PayProps) {
  const t = useTranslations('balance')
  const api = useApi()
  const { language } = useViewing()
  return (
    <Stack gap="sm">
      <PayBox
        what="top-up"
        amount={amount}
        returnTo={PATH}
        byCard={(key) =>
          api.post('/v1/top-ups', {
            params: { header: { 'Idempotency-Key': key } },
            body: {
              amount_minor: amount.amount_minor,
              return_url: returnUrlOf(window.location.origin, language, PATH),
            },
          })
        }
        onPaid={onPaid}
      />
      <Button variant="subtle" size="compact-sm" onClick={onBack}>
        {t('topUpOther')}
      </Button>
    </Stack>
  )
}
