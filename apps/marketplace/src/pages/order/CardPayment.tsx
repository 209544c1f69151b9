import { Alert, Button, Group, Loader, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Suspense, useEffect, useState } from 'react'
import { useNow, useTranslations } from 'use-intl'
import { paymentQuery } from '../account/queries.ts'
import { type Payment, useApi } from '../api.ts'
import { later } from '../later.tsx'
import { Problem } from '../parts/Problem.tsx'
import { TimeText, useMoney, useSpace } from '../parts/texts.tsx'
import { useViewing } from '../viewing.tsx'
import { type CardStep, cardStepOf, readAgainMs } from './card-step.ts'
import { returnUrlOf } from './return-url.ts'

const StripeForm = later(async () => (await import('./StripeForm.tsx')).StripeForm)

type CardPaymentProps = {
  /** As it was opened. */
  readonly payment: Payment
  /** The path of the page, without language, to which a bank's own page returns. */
  readonly returnTo: string
  /** The API says that it is paid. */
  readonly onPaid: () => void
  /** Offered when this payment cannot be paid any more. */
  readonly onAnother?: (() => void) | undefined
}

/** One payment by card, until the API says what became of it. */
export function CardPayment({ payment: opened, returnTo, onPaid, onAnother }: CardPaymentProps) {
  const [wasConfirmed, setWasConfirmed] = useState(false)
  const [said, setSaid] = useState<string>()
  const { data, error, refetch } = useQuery({
    ...paymentQuery(useApi(), opened.id),
    refetchInterval: ({ state }) => readAgainMs(cardStepOf(state.data ?? opened, new Date()), wasConfirmed),
  })
  const payment = data ?? opened
  const step = cardStepOf(payment, useNow({ updateInterval: 1_000 }))
  // Once the API has said so, and not again with each reading.
  const isPaid = step === 'paid'
  useEffect(() => {
    if (isPaid) onPaid()
    // oxlint-disable-next-line react/exhaustive-deps
  }, [isPaid])
  if (error !== null && data === undefined && opened.client_secret === undefined)
    return <Problem error={error} onAgain={() => void refetch()} />
  // As it stands in a list it has no secret: only its own reading says whether a card can be entered.
  if (data === undefined && step === 'asking') return <Skeleton height={120} />
  const isTyped = step === 'pay' || step === 'declined'
  return (
    <Stack gap="sm">
      <Standing
        step={step === 'asking' && wasConfirmed ? 'confirming' : step}
        payment={payment}
        said={said}
      />
      {isTyped ? (
        <CardEntry
          payment={payment}
          returnTo={returnTo}
          onConfirmed={() => {
            setSaid(undefined)
            setWasConfirmed(true)
            void refetch()
          }}
          onRefused={(text) => {
            setSaid(text)
            setWasConfirmed(false)
            void refetch()
          }}
        />
      ) : null}
      {step === 'over' && onAnother !== undefined ? <Another onAnother={onAnother} /> : null}
    </Stack>
  )
}

function Another({ onAnother }: { onAnother: () => void }) {
  const t = useTranslations('pay')
  return (
    <Group>
      <Button variant="default" onClick={onAnother}>
        {t('another')}
      </Button>
    </Group>
  )
}

type StandingProps = { readonly step: CardStep; readonly payment: Payment; readonly said: string | undefined }

/** Where the payment stands, announced when it changes. The time of a hold is shown with its order. */
function Standing({ step, payment: { pay_by, backorder_id }, said }: StandingProps) {
  const t = useTranslations('pay')
  const space = useSpace()
  const isDeclined = step === 'declined' || (step === 'pay' && said !== undefined)
  return (
    <div role="status">
      {isDeclined ? (
        <Alert color="red" variant="light" title={t('declinedTitle')} mb="sm">
          {said ?? t('declined')}
          {space}
          {t('anotherCard')}
        </Alert>
      ) : null}
      {(step === 'pay' || step === 'declined') && pay_by !== undefined && backorder_id === undefined ? (
        <Text>{t.rich('payBy', { at: () => <TimeText key="at" at={pay_by} /> })}</Text>
      ) : null}
      {step === 'confirming' || step === 'asking' ? (
        <Group gap="sm" wrap="nowrap">
          <Loader size="sm" aria-hidden="true" />
          <Text>{t(step)}</Text>
        </Group>
      ) : null}
      {step === 'paid' ? <Text fw={600}>{t('paid')}</Text> : null}
      {step === 'over' ? <Alert variant="light">{t('over')}</Alert> : null}
    </div>
  )
}

type CardEntryProps = {
  readonly payment: Payment
  readonly returnTo: string
  readonly onConfirmed: () => void
  readonly onRefused: (said: string) => void
}

/** Where the card's number is typed: in fields of Stripe, or on the sandbox's page, which returns here. */
function CardEntry({ payment, returnTo, onConfirmed, onRefused }: CardEntryProps) {
  const t = useTranslations('pay')
  const money = useMoney()
  const { language, stripeKey } = useViewing()
  const { provider, client_secret: clientSecret, pay_url: payUrl, amount } = payment
  const publishableKey = payment.publishable_key ?? stripeKey
  if (provider === 'sandbox' && payUrl !== undefined)
    return (
      <div>
        <Text size="sm" mb="sm">
          {t('sandbox')}
        </Text>
        <Button component="a" href={payUrl} className="pay" size="md" fullWidth>
          {t('toCardPage', { amount: money(amount) })}
        </Button>
      </div>
    )
  if (clientSecret === undefined || publishableKey === null)
    return <Alert color="red">{t('cardUnavailable')}</Alert>
  return (
    <Suspense fallback={<Skeleton height={180} />}>
      <StripeForm
        clientSecret={clientSecret}
        publishableKey={publishableKey}
        returnUrl={returnUrlOf(window.location.origin, language, returnTo)}
        label={t('payCard', { amount: money(amount) })}
        onConfirmed={onConfirmed}
        onRefused={onRefused}
      />
    </Suspense>
  )
}
