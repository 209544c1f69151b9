import { Alert, Anchor, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Link, useLocation } from 'wouter'
import { type Money, useApi } from '../api.ts'
import { once } from '../parts/keys.ts'
import { MoneyText, useMoney } from '../parts/texts.tsx'
import { useHref } from '../viewing.tsx'
import { searchOfChosen } from './chosen.ts'
import { PayBox } from './PayBox.tsx'

/** The name under which the key of such an order is kept. */
export const ORDER_SEVERAL = 'order several'

type PlaceSeveralProps = {
  readonly ready: readonly { readonly name: string; readonly price: Money }[]
  readonly contactId: string | undefined
  /** What has to be done before the order. */
  readonly first: string | undefined
  readonly onRefused: () => void
}

/** What all names cost together, and their order from the balance; or the way to pay each by card. */
export function PlaceSeveral({ ready, contactId, first, onRefused }: PlaceSeveralProps) {
  const t = useTranslations('order')
  const money = useMoney()
  const href = useHref()
  const api = useApi()
  const [, navigate] = useLocation()
  const queries = useQueryClient()
  const total = sumOf(ready.map(({ price }) => price))
  const names = ready.map(({ name }) => name)
  const contact = contactId === undefined ? {} : { contact_id: contactId }
  const items = ready.map(({ name, price }) => ({ name, expected_price: price, ...contact }))
  const order = async (key: string) => {
    try {
      const { id } = await api.post('/v1/bulk-orders', { body: { items }, params: { header: once(key) } })
      void queries.invalidateQueries()
      navigate(href(`/order?bulk=${id}`), { replace: true })
    } catch (error) {
      onRefused()
      throw error
    }
  }
  return (
    <Stack gap="md">
      <div role="status">
        <Text size="sm" c="dimmed">
          {t('sum', { count: ready.length })}
        </Text>
        <Text fz={28} fw={700}>
          {total === undefined ? '–' : <MoneyText amount={total} />}
        </Text>
      </div>
      {total === undefined ? null : (
        <>
          <PayBox
            what={ORDER_SEVERAL}
            content={items}
            amount={total}
            fromBalance={order}
            returnTo="/orders"
            onPaid={() => undefined}
            first={first}
            labels={{ balance: t('orderAll', { count: ready.length, amount: money(total) }) }}
            notice={() => (
              <Alert variant="light" title={t('noCancelTitle')}>
                <Text size="sm">{t('noCancel')}</Text>
              </Alert>
            )}
          />
          <div>
            <Anchor component={Link} href={href(`/order${searchOfChosen({ names, step: 1 })}`)}>
              {t('byCardEach')}
            </Anchor>
            <Text size="sm" c="dimmed">
              {t('byCardEachAbout')}
            </Text>
          </div>
        </>
      )}
    </Stack>
  )
}

function sumOf([first, ...others]: readonly Money[]): Money | undefined {
  if (first === undefined) return undefined
  return {
    ...first,
    amount_minor: others.reduce((sum, { amount_minor }) => sum + amount_minor, first.amount_minor),
  }
}
