import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Link } from 'wouter'
import type { BackorderDetail } from '../api.ts'
import { Facts } from '../parts/Facts.tsx'
import { MoneyText, NameText, WindowText } from '../parts/texts.tsx'
import { useHref } from '../viewing.tsx'
import { type Chosen, nextOf } from './chosen.ts'
import { MoreNames, NextName } from './Onward.tsx'
import { ResultHeading } from './ResultHeading.tsx'

/** A paid order: what it means, what happens next, and the next name of several. */
export function SecuredOrder({ order, chosen }: { order: BackorderDetail; chosen: Chosen }) {
  const t = useTranslations('order')
  const href = useHref()
  const { id, name, price, drop_from, drop_to, payments } = order
  const method = payments.find(({ secures }) => secures)?.method
  const next = nextOf(chosen)
  return (
    <Stack gap="lg" maw={640}>
      <ResultHeading about={`${id} secured`}>
        {t.rich('secured', { name: () => <NameText key="name" name={name} /> })}
      </ResultHeading>
      <Text>{t('securedAbout')}</Text>
      <Facts
        facts={[
          [
            t('paid'),
            <>
              <MoneyText amount={price} />
              {method === undefined ? '' : ` · ${t(method === 'card' ? 'paidByCard' : 'paidFromBalance')}`}
            </>,
          ],
          [t('window'), <WindowText key="window" from={drop_from} to={drop_to} />],
        ]}
      />
      <Alert variant="light">{t('noCancelPaid')}</Alert>
      <Group gap="md">
        <NextName chosen={chosen} />
        <Button
          component={Link}
          href={href(`/orders/${id}`)}
          variant={next === undefined ? 'filled' : 'default'}
        >
          {t('follow')}
        </Button>
        <MoreNames />
      </Group>
    </Stack>
  )
}
