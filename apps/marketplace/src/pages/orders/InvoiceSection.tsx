import { Alert, Anchor, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { codeOf, useApi } from '../api.ts'
import { laterWith } from '../later.tsx'
import { Section } from '../parts/Facts.tsx'
import { Problem } from '../parts/Problem.tsx'
import { TimeText, useMoney } from '../parts/texts.tsx'
import { useViewing } from '../viewing.tsx'
import { invoicesQuery } from './queries.ts'

const BillingProfile = laterWith(
  ['contacts'],
  async () => (await import('../account/BillingProfile.tsx')).BillingProfile,
)

type Of = { readonly backorder_id: string } | { readonly renewal_id: string }

/** The invoice of what was successful: requested here, and its files, with the credit notes of later refunds. */
export function InvoiceSection({ of }: { of: Of }) {
  const t = useTranslations('orders.invoice')
  return (
    <Section title={t('title')}>
      <Invoices of={of} />
    </Section>
  )
}

export function Invoices({ of }: { of: Of }) {
  const t = useTranslations('orders.invoice')
  const money = useMoney()
  const { viewer } = useViewing()
  const { data, error, refetch } = useQuery(invoicesQuery(useApi(), of))
  if (error !== null && data === undefined) return <Problem error={error} onAgain={() => void refetch()} />
  if (data === undefined) return <Skeleton height={60} />
  if (data.length === 0)
    return viewer?.role === 'viewer' ? (
      <Text c="dimmed">{t('viewerMayNot')}</Text>
    ) : (
      <RequestInvoice of={of} />
    )
  return (
    <Stack gap="sm">
      {data.map(({ id, kind, number, issued_at, gross }) => (
        <div key={id}>
          <Text>
            <b>{t(kind, { number })}</b> · {money(gross)}
          </Text>
          <Text size="sm" c="dimmed">
            <TimeText at={issued_at} />
          </Text>
          <Group gap="md" mt={4}>
            <Anchor
              href={`/api/v1/invoices/${id}/pdf`}
              download={`${number}.pdf`}
              aria-label={t('pdfOf', { number })}
            >
              PDF
            </Anchor>
            <Anchor
              href={`/api/v1/invoices/${id}/html`}
              target="_blank"
              rel="noopener"
              aria-label={t('htmlOf', { number })}
            >
              {t('html')}
            </Anchor>
          </Group>
        </div>
      ))}
    </Stack>
  )
}

/** An order has one invoice: a repeated request answers with the same one. */
function RequestInvoice({ of }: { of: Of }) {
  const t = useTranslations('orders.invoice')
  const api = useApi()
  const queries = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      'backorder_id' in of
        ? api.post('/v1/backorders/{id}/invoice', { params: { path: { id: of.backorder_id } } })
        : api.post('/v1/renewals/{id}/invoice', { params: { path: { id: of.renewal_id } } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['invoices'] }),
  })
  return (
    <Stack gap="sm" align="start">
      <Text>{t('about')}</Text>
      {error === null ? null : codeOf(error) === 'billing_profile_missing' ? (
        <>
          <Alert color="orange" variant="light" role="alert">
            {t('profileMissing')}
          </Alert>
          <div className="wide">
            <Suspense fallback={<Skeleton height={120} />}>
              <BillingProfile />
            </Suspense>
          </div>
        </>
      ) : (
        <Problem error={error} />
      )}
      <Button variant="default" loading={isPending} onClick={() => mutate()}>
        {t('backorder_id' in of ? 'request' : 'requestOfRenewal')}
      </Button>
    </Stack>
  )
}
