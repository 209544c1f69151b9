import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useApi } from '../api.ts'
import { Facts, Section } from '../parts/Facts.tsx'
import { MoneyText } from '../parts/texts.tsx'
import { useViewing } from '../viewing.tsx'
import { statisticsQuery, zoneQuery } from './zone-queries.ts'

/** The rules of a zone, and how often orders in it succeed. */
export function ZoneFacts({ zone }: { zone: string }) {
  const t = useTranslations('zone')
  const { currency } = useViewing()
  const api = useApi()
  const { data } = useQuery(zoneQuery(api, zone, currency))
  const { data: statistics } = useQuery(statisticsQuery(api, zone))
  if (data === undefined) return null
  const results = statistics?.items.find((item) => item.zone === zone)?.results ?? []
  const orders = results.reduce((sum, result) => sum + result.orders, 0)
  const won = results.reduce((sum, result) => sum + (result.orders * result.success_percent) / 100, 0)
  return (
    <Section title={t('title', { zone: data.unicode_zone })}>
      <Facts
        facts={[
          [
            t('success'),
            orders === 0 ? t('noOrders') : t('rate', { percent: Math.round((won / orders) * 100), orders }),
          ],
          [t('release'), t(`releases.${data.release}`)],
          ...(data.renewal_price === undefined
            ? []
            : [[t('renewal'), <MoneyText key="renewal" amount={data.renewal_price} />] as const]),
          [t('premium'), data.premium_names ? t('premiumYes') : t('premiumNo')],
        ]}
      />
    </Section>
  )
}
