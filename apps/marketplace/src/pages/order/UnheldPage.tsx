import { Anchor, Button, Group, Paper, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Link, Redirect, useParams, useSearch } from 'wouter'
import { paymentQuery } from '../account/queries.ts'
import { type Payment, useApi } from '../api.ts'
import { Problem } from '../parts/Problem.tsx'
import { SignInFirst } from '../parts/SignInFirst.tsx'
import { MoneyText, NameText } from '../parts/texts.tsx'
import { useHref, useViewing } from '../viewing.tsx'
import { CardPayment } from './CardPayment.tsx'
import { cardStepOf } from './card-step.ts'
import { type Chosen, chosenIn, nextOf, payPath, unheldPath } from './chosen.ts'
import { LateMoney } from './LateMoney.tsx'
import { ResultHeading } from './ResultHeading.tsx'

/** Captured money is applied in a moment. Milliseconds. */
const READ_AGAIN_MS = 1_500

/** `/order/payments/:id`: a payment for a name that is not held meanwhile, which the first payment that arrives gets. */
export function UnheldPage() {
  const { viewer } = useViewing()
  return viewer === null ? <SignInFirst /> : <Unheld />
}

function Unheld() {
  const { id = '' } = useParams()
  const href = useHref()
  const chosen = chosenIn(useSearch())
  const { data, error, refetch } = useQuery({
    ...paymentQuery(useApi(), id),
    refetchInterval: ({ state: { data: read } }) =>
      read?.state === 'succeeded' && read.refunds.length === 0 ? READ_AGAIN_MS : false,
  })
  if (data === undefined)
    return error === null ? (
      <Skeleton height={300} />
    ) : (
      <Problem error={error} onAgain={() => void refetch()} />
    )
  const { backorder_id: placed } = data
  if (placed !== undefined) return <Redirect to={href(payPath(placed, chosen))} replace />
  return <UnheldView payment={data} chosen={chosen} onPaid={() => void refetch()} />
}

type UnheldViewProps = {
  readonly payment: Payment & { readonly refunds: Parameters<typeof LateMoney>[0]['refunds'] }
  readonly chosen: Chosen
  readonly onPaid: () => void
}

function UnheldView({ payment, chosen, onPaid }: UnheldViewProps) {
  const t = useTranslations('order')
  const name = payment.name ?? ''
  const step = cardStepOf(payment, new Date())
  const title = { name: () => <NameText key="name" name={name} /> } satisfies Record<string, () => ReactNode>
  if (payment.refunds.length > 0)
    return (
      <Stack gap="lg" maw={640}>
        <ResultHeading about="lost">{t.rich('unheldLost', title)}</ResultHeading>
        <Text>{t('unheldLostAbout')}</Text>
        <LateMoney refunds={payment.refunds} />
        <GoOn chosen={chosen} />
      </Stack>
    )
  if (step === 'over')
    return (
      <Stack gap="lg" maw={640}>
        <ResultHeading about="over">{t.rich('unheldOver', title)}</ResultHeading>
        <GoOn chosen={chosen} again={name} />
      </Stack>
    )
  return (
    <Stack gap="lg" maw={640}>
      <ResultHeading about={payment.id}>{t.rich('payFor', title)}</ResultHeading>
      <Text fz={24} fw={700}>
        <MoneyText amount={payment.amount} />
      </Text>
      <Text>{t('unheldAbout')}</Text>
      <Paper withBorder p="lg" radius="md">
        <CardPayment payment={payment} returnTo={unheldPath(payment.id, chosen)} onPaid={onPaid} />
      </Paper>
    </Stack>
  )
}

function GoOn({ chosen, again }: { chosen: Chosen; again?: string }) {
  const t = useTranslations('order')
  const href = useHref()
  const next = nextOf(chosen)
  return (
    <Group gap="md">
      {next === undefined ? null : (
        <Button component={Link} href={href(next.path)}>
          {t('next', { name: next.name, step: next.step, count: chosen.names.length })}
        </Button>
      )}
      {again === undefined ? null : (
        <Button component={Link} href={href(`/order?name=${encodeURIComponent(again)}`)} variant="default">
          {t('orderAgain')}
        </Button>
      )}
      <Anchor component={Link} href={href('/names')}>
        {t('moreNames')}
      </Anchor>
    </Group>
  )
}
