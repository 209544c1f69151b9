import { Anchor, Button, Table, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Link } from 'wouter'
import type { Backorder } from '../api.ts'
import { Sheet } from '../parts/Sheet.tsx'
import { Countdown, MoneyText, NameText, TimeText } from '../parts/texts.tsx'
import { useHref, useViewing } from '../viewing.tsx'
import { EndText, StateBadge } from './StateBadge.tsx'

export function OrdersTable({ items }: { items: readonly Backorder[] }) {
  const t = useTranslations('orders.columns')
  return (
    <Sheet role="table" className="cards orders" highlightOnHover verticalSpacing="sm">
      <Table.Thead role="rowgroup">
        <Table.Tr role="row">
          <Table.Th role="columnheader">{t('name')}</Table.Th>
          <Table.Th role="columnheader">{t('state')}</Table.Th>
          <Table.Th role="columnheader">{t('time')}</Table.Th>
          <Table.Th role="columnheader" ta="right">
            {t('price')}
          </Table.Th>
          <Table.Th role="columnheader">
            <span className="unseen">{t('action')}</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody role="rowgroup">
        {items.map((order) => (
          <OrderRow key={order.id} order={order} />
        ))}
      </Table.Tbody>
    </Sheet>
  )
}

function OrderRow({ order }: { order: Backorder }) {
  const t = useTranslations('orders')
  const href = useHref()
  const { viewer } = useViewing()
  const { id, name, price, reference, state } = order
  return (
    <Table.Tr role="row">
      <Table.Td role="cell" className="main">
        <Anchor component={Link} href={href(`/orders/${id}`)} fw={600}>
          <NameText name={name} />
        </Anchor>
        {reference === undefined ? null : (
          <Text size="sm" c="dimmed">
            {reference}
          </Text>
        )}
      </Table.Td>
      <Table.Td role="cell" className="state">
        <StateBadge state={state} />
        <EndText order={order} />
      </Table.Td>
      <Table.Td role="cell" className="when">
        <WhenText order={order} />
      </Table.Td>
      <Table.Td role="cell" ta="right" className="figure">
        <MoneyText amount={price} />
      </Table.Td>
      <Table.Td role="cell" ta="right" className="action">
        {state === 'pending_payment' && viewer?.role !== 'viewer' ? (
          <Button
            component={Link}
            href={href(`/orders/${id}/pay`)}
            size="xs"
            aria-label={t('pay.label', { name })}
          >
            {t('pay.button')}
          </Button>
        ) : null}
      </Table.Td>
    </Table.Tr>
  )
}

const line = (label: string, at: string, more?: ReactNode) => (
  <>
    <span className="label">{label}</span> <TimeText at={at} />
    {more}
  </>
)

/** The time that matters in an order's state. */
function WhenText({ order }: { order: Backorder }) {
  const t = useTranslations('orders.when')
  const { state, pay_by, drop_from, drop_to, settled_at, decided_at } = order
  switch (state) {
    case 'pending_payment':
      return pay_by === undefined
        ? null
        : line(
            t('payBy'),
            pay_by,
            <b className="left">{t.rich('left', { time: () => <Countdown key="left" to={pay_by} /> })}</b>,
          )
    case 'backordered':
      return line(
        t('drops'),
        drop_from,
        <span className="left">{t.rich('in', { time: () => <Countdown key="in" to={drop_from} /> })}</span>,
      )
    case 'registering':
      return line(t('until'), drop_to)
    case 'successful':
      return line(t('settled'), settled_at ?? decided_at ?? drop_to)
    default:
      return decided_at === undefined ? null : line(t('ended'), decided_at)
  }
}
