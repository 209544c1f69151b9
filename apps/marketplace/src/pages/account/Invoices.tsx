import type { Schema } from '@droplock/sdk/client'
import { Anchor, Group, Skeleton, Stack, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Link } from 'wouter'
import { useApi } from '../api.ts'
import { PageLinks, useCursor } from '../parts/PageLinks.tsx'
import { Problem } from '../parts/Problem.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { MoneyText, TimeText, useColon } from '../parts/texts.tsx'
import { useHref } from '../viewing.tsx'
import { BillingProfile } from './BillingProfile.tsx'
import { invoicesQuery } from './queries.ts'

type Invoice = Schema<'Invoice'>

/** Invoices and credit notes, and who they are issued to. */
export function Invoices() {
  const t = useTranslations('invoices')
  const { data, error, refetch } = useQuery(invoicesQuery(useApi(), useCursor()))
  return (
    <Stack gap="lg">
      <Text>{t('about')}</Text>
      {error === null ? null : <Problem error={error} onAgain={() => void refetch()} />}
      {data === undefined ? (
        error === null && <Skeleton height={240} />
      ) : data.items.length === 0 ? (
        <Text c="dimmed">{t('none')}</Text>
      ) : (
        <InvoicesTable items={data.items} />
      )}
      <PageLinks next={data?.next} />
      <BillingProfile />
    </Stack>
  )
}

function InvoicesTable({ items }: { items: readonly Invoice[] }) {
  const t = useTranslations('invoices')
  return (
    <Sheet isCards verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('number')}</Table.Th>
          <Table.Th>{t('issued')}</Table.Th>
          <Table.Th>{t('for')}</Table.Th>
          <Table.Th ta="right">{t('total')}</Table.Th>
          <Table.Th aria-label={t('view')} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((invoice) => (
          <InvoiceRow key={invoice.id} {...invoice} />
        ))}
      </Table.Tbody>
    </Sheet>
  )
}

function InvoiceRow({ id, kind, number, issued_at, backorder_id, credits, line, gross, tax }: Invoice) {
  const t = useTranslations('invoices')
  const colon = useColon()
  const href = useHref()
  const what = t(`of.${line.of}`, { name: line.name_unicode, years: line.years })
  const file = (type: 'pdf' | 'html') => `/api/v1/invoices/${id}/${type}`
  return (
    <Table.Tr>
      <Table.Td className="main">
        <Text fw={600} component="span">
          {number}
        </Text>
        <Text size="sm" c="dimmed">
          {t(`kinds.${kind}`)}
          {credits === undefined ? null : <> · {t('credits', { number: credits.number })}</>}
        </Text>
      </Table.Td>
      <Table.Td data-label={t('issued')}>
        <TimeText at={issued_at} dateOnly />
      </Table.Td>
      <Table.Td data-label={t('for')}>
        {backorder_id === undefined ? (
          what
        ) : (
          <Anchor component={Link} href={href(`/orders/${backorder_id}`)}>
            {what}
          </Anchor>
        )}
      </Table.Td>
      <Table.Td ta="right" className="figure">
        <MoneyText amount={gross} />
        {tax.amount_minor === 0 ? null : (
          <Text size="sm" c="dimmed" fw={400}>
            {t('tax')}
            {colon}
            <MoneyText amount={tax} />
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="right" className="action">
        <Group gap="md" justify="flex-end" wrap="nowrap">
          <Anchor href={file('html')} target="_blank" rel="noopener" aria-label={t('viewOf', { number })}>
            {t('view')}
          </Anchor>
          <Anchor href={file('pdf')} download={`${number}.pdf`} aria-label={t('pdfOf', { number })}>
            {t('pdf')}
          </Anchor>
        </Group>
      </Table.Td>
    </Table.Tr>
  )
}
