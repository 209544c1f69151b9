import { Alert, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { type BackorderDetail, type Registration, type RegistrationRequest, useApi } from '../../api.ts'
import { Facts, Section } from '../../parts/Facts.tsx'
import { Problem } from '../../parts/Problem.tsx'
import { TimeText } from '../../parts/texts.tsx'
import { useViewing } from '../../viewing.tsx'
import { usePolling } from '../live/LiveOrders.tsx'
import { Panel } from '../Panel.tsx'
import { registrationQuery, requestsQuery } from '../queries.ts'
import { AuthCode } from './AuthCode.tsx'
import { ContactsOfName } from './ContactsOfName.tsx'
import { NameServers } from './NameServers.tsx'
import { RenewalSection } from './RenewalSection.tsx'

/** The registration that an order has led to: until when, its renewal, its name servers, contacts and auth code. */
export function RegistrationSection({ order }: { order: BackorderDetail }) {
  const { data, error, refetch } = useQuery(registrationQuery(useApi(), order.id))
  if (error !== null && data === undefined) return <Problem error={error} onAgain={() => void refetch()} />
  if (data === undefined) return <Skeleton height={220} />
  if (data === null) return null
  return (
    <>
      <Panel>
        <About registration={data} />
        {data.state === 'ended' ? null : <RenewalSection registration={data} />}
      </Panel>
      {data.state === 'ended' ? null : (
        <Panel>
          <Settings registration={data} />
        </Panel>
      )}
    </>
  )
}

function About({ registration }: { registration: Registration }) {
  const t = useTranslations('orders.registration')
  const { state, expires_at, renewable_until, auto_renewed_until, deletion_requested_at, ended_at } =
    registration
  const facts: readonly (readonly [string, ReactNode] | undefined)[] = [
    [t('state'), t(`states.${state}`)],
    [t('paidUntil'), <TimeText key="paid" at={expires_at} />],
    renewable_until === undefined
      ? undefined
      : [t('renewableUntil'), <TimeText key="renewable" at={renewable_until} />],
    auto_renewed_until === undefined
      ? undefined
      : [t('shownUntil'), <TimeText key="shown" at={auto_renewed_until} />],
    deletion_requested_at === undefined
      ? undefined
      : [t('deletionSince'), <TimeText key="deletion" at={deletion_requested_at} />],
    ended_at === undefined ? undefined : [t('ended'), <TimeText key="ended" at={ended_at} />],
  ]
  return (
    <Section title={t('title')}>
      {registration.end_reason === undefined ? null : (
        <Alert variant="light" color="gray" mb="sm">
          {t(`ends.${registration.end_reason}`)}
        </Alert>
      )}
      <Facts facts={facts.filter((fact) => fact !== undefined)} />
    </Section>
  )
}

function Settings({ registration }: { registration: Registration }) {
  const t = useTranslations('orders.registration')
  const { viewer } = useViewing()
  const mayChange = viewer?.role !== 'viewer'
  const { data: requests = [] } = useQuery({
    ...requestsQuery(useApi(), registration.id),
    refetchInterval: usePolling(),
  })
  const { confirmed_at } = registration
  const newest = (kind: RegistrationRequest['kind']) => requests.find((request) => request.kind === kind)
  return (
    <Stack gap="lg">
      <NameServers registration={registration} request={newest('name_servers')} mayChange={mayChange} />
      {mayChange ? <ContactsOfName registration={registration} request={newest('contacts')} /> : null}
      {mayChange ? <AuthCode registration={registration} request={newest('auth_code')} /> : null}
      {confirmed_at === undefined ? null : (
        <Text size="sm" c="dimmed">
          {t.rich('confirmed', { at: () => <TimeText key="at" at={confirmed_at} /> })}
        </Text>
      )}
    </Stack>
  )
}
