import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useApi, type Zone } from '../api.ts'
import { Facts, Section } from '../parts/Facts.tsx'
import { useList, useMoney } from '../parts/texts.tsx'
import { useViewing } from '../viewing.tsx'
import { rateOf, statisticsQuery, zoneQuery } from './zone-queries.ts'

const HOUR_SECONDS = 3_600
const MINUTE_SECONDS = 60

/** The rules of a zone, and how often orders in it succeed. */
export function ZoneFacts({ zone }: { zone: string }) {
  const t = useTranslations('zone')
  const { currency } = useViewing()
  const api = useApi()
  const { data } = useQuery(zoneQuery(api, zone, currency))
  const { data: statistics } = useQuery(statisticsQuery(api))
  if (data === undefined) return null
  const rate = rateOf(statistics?.items.find((item) => item.zone === zone)?.results ?? [])
  return (
    <Section title={t('title', { zone: data.unicode_zone })}>
      {data.takes_orders ? null : <p>{t('stopped')}</p>}
      <Rules zone={data} success={rate === undefined ? t('noOrders') : t('rate', rate)} />
    </Section>
  )
}

function Rules({ zone, success }: { zone: Zone; success: string }) {
  const t = useTranslations('zone')
  const roles = useTranslations('zone.roles')
  const list = useList()
  const money = useMoney()
  const long = (seconds: number) =>
    seconds % HOUR_SECONDS === 0
      ? t('hours', { hours: seconds / HOUR_SECONDS })
      : t('minutes', { minutes: Math.round(seconds / MINUTE_SECONDS) })
  const windows = {
    times: list(zone.drop_starts_at),
    zone: zone.drop_time_zone,
    minutes: Math.round(zone.drop_lasts_seconds / MINUTE_SECONDS),
  }
  return (
    <Facts
      isGrid
      facts={[
        [t('success'), success],
        [t('release'), t(`releases.${zone.release}`)],
        // There each name has a time of its own.
        ...(zone.release === 'exact_instant' ? [] : [[t('windows'), t('windowsAt', windows)] as const]),
        [t('cutoff'), t('cutoffLead', { hours: long(zone.cutoff_lead_seconds) })],
        ...(zone.renewal_price === undefined ? [] : [[t('renewal'), money(zone.renewal_price)] as const]),
        ...(zone.late_renewal_days === 0
          ? []
          : [[t('late'), t('lateDays', { days: zone.late_renewal_days })] as const]),
        [
          t('contacts'),
          zone.contact_roles.length === 0
            ? t('contactsNone')
            : list(zone.contact_roles.map((role) => roles(role))),
        ],
        [t('premium'), zone.premium_names ? t('premiumYes') : t('premiumNo')],
      ]}
    />
  )
}
