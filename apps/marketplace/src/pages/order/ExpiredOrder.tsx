import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Link } from 'wouter'
import { type BackorderDetail, useApi } from '../api.ts'

import { listingQuery } from '../names/listing-queries.ts'
import { NameText, useSpace } from '../parts/texts.tsx'

import { useHref, useViewing } from '../viewing.tsx'
import { type Chosen, searchOfChosen } from './chosen.ts'
import { LateMoney } from './LateMoney.tsx'
import { MoreNames, NextName } from './Onward.tsx'
import { ResultHeading } from './ResultHeading.tsx'

/** An order that was not paid in time: what became of the name, of money that came too late, and what can be done. */
export function ExpiredOrder({ order, chosen }: { order: BackorderDetail; chosen: Chosen }) {
  const t = useTranslations('order')
  const href = useHref()
  const { currency } = useViewing()
  const space = useSpace()
  const { id, name, expired_reason: reason = 'lapsed' } = order
  const { data: listing } = useQuery({ ...listingQuery(useApi(), name, currency), staleTime: 0 })
  const again = chosen.step === undefined ? { names: [name], step: undefined } : chosen
  const isYours = listing?.held_by_you === true
  const isFree = listing?.orderable === true
  const isLate = order.refunds.length > 0
  return (
    <Stack gap="lg" maw={640}>
      <ResultHeading about={`${id} expired`}>
        {t.rich(isYours ? 'yoursAfterAll' : isLate ? 'tooLate' : `expired.${reason}`, {
          name: () => <NameText key="name" name={name} />,
        })}
      </ResultHeading>
      <Text>
        {t(isYours ? 'yoursAfterAllAbout' : isLate ? 'tooLateAbout' : 'expiredAbout')}
        {isFree ? space + t('freeAgain') : null}
      </Text>
      <LateMoney refunds={order.refunds} />
      <Group gap="md">
        {isYours || isFree ? (
          <Button component={Link} href={href(`/order${searchOfChosen(again)}`)}>
            {t(isYours ? 'toOrder' : 'orderAgain')}
          </Button>
        ) : null}
        <NextName chosen={chosen} variant="default" />
        <MoreNames />
      </Group>
    </Stack>
  )
}
