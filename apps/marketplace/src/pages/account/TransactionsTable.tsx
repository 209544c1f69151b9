import type { Schema } from '@droplock/sdk/client'
import { Anchor, Table } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Link } from 'wouter'
import { Sheet } from '../parts/Sheet.tsx'
import { MoneyText, NameText, TimeText } from '../parts/texts.tsx'
import { useHref } from '../viewing.tsx'

type Transaction = Schema<'Transaction'>

/** Movements of the balance, each with the order that it belongs to. */
export function TransactionsTable({ items }: { items: readonly Transaction[] }) {
  const t = useTranslations('transactions')
  return (
    <Sheet isCards verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('date')}</Table.Th>
          <Table.Th>{t('what')}</Table.Th>
          <Table.Th ta="right">{t('amount')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((transaction) => (
          <Table.Tr key={`${transaction.id} ${transaction.cause} ${transaction.amount.amount_minor}`}>
            <Table.Td className="last">
              <TimeText at={transaction.posted_at} />
            </Table.Td>
            <Table.Td className="main">
              <What transaction={transaction} />
            </Table.Td>
            <Table.Td ta="right" className="figure">
              <MoneyText amount={transaction.amount} isSigned />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Sheet>
  )
}

function What({ transaction: { cause, name, backorder_id, renewal_id } }: { transaction: Transaction }) {
  const t = useTranslations('account.causes')
  const href = useHref()
  const word = t(cause === 'secure' && renewal_id !== undefined ? 'renewal' : cause)
  if (name === undefined) return word
  const named = <NameText name={name} />
  return (
    <>
      {word} ·{' '}
      {backorder_id === undefined ? (
        named
      ) : (
        <Anchor component={Link} href={href(`/orders/${backorder_id}`)}>
          {named}
        </Anchor>
      )}
    </>
  )
}
