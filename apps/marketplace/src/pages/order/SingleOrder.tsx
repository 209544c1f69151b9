import { Alert, Anchor, Checkbox, Paper, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Link, Redirect } from 'wouter'
import { useApi } from '../api.ts'
import { listingQuery } from '../names/listing-queries.ts'
import { zoneQuery } from '../names/zone-queries.ts'
import { Facts, Section } from '../parts/Facts.tsx'
import { forgetKey, tabStore } from '../parts/keys.ts'
import { Problem } from '../parts/Problem.tsx'
import { Countdown, NameText, TimeText, WindowText } from '../parts/texts.tsx'
import { useHref, useViewing } from '../viewing.tsx'
import { BlockedOrder } from './BlockedOrder.tsx'
import { ContactChoice, type ContactChoiceProps } from './ContactChoice.tsx'
import { type Checks, checksQuery, type OrderCheck, verdictOf } from './checks.ts'
import { type Chosen, nextOf, payPath } from './chosen.ts'
import { keyOf, PlaceOrder } from './PlaceOrder.tsx'
import { SpelledName } from './SpelledName.tsx'

type SingleOrderProps = { readonly name: string; readonly chosen: Chosen }

/** One name is checked, ordered and paid. */
export function SingleOrder({ name, chosen }: SingleOrderProps) {
  const href = useHref()
  const { data, error, refetch } = useQuery(checksQuery(useApi(), name))
  if (data === undefined)
    return error === null ? (
      <Skeleton height={400} />
    ) : (
      <Problem error={error} onAgain={() => void refetch()} />
    )
  const { backorder_id: placed } = data.balance
  if (placed !== undefined) return <Placed name={data.balance.name} path={href(payPath(placed, chosen))} />
  const { blocked } = verdictOf(data)
  if (blocked !== undefined)
    return (
      <BlockedOrder check={data.balance} reason={blocked} chosen={chosen} onAgain={() => void refetch()} />
    )
  return <OrderForm checks={data} chosen={chosen} onRefused={() => void refetch()} />
}

/** The account has this name: an answer was lost, or the page was loaded again. A later order of it is another request. */
function Placed({ name, path }: { name: string; path: string }) {
  useEffect(() => forgetKey(tabStore(), keyOf(name)), [name])
  return <Redirect to={path} replace />
}

type OrderFormProps = {
  readonly checks: Checks
  readonly chosen: Chosen
  readonly onRefused: () => void
}

function OrderForm({ checks, chosen, onRefused }: OrderFormProps) {
  const t = useTranslations('order')
  const href = useHref()
  const { balance: check } = checks
  const { name, look_alike: lookAlike } = check
  const [contactId, setContactId] = useState<string>()
  const [isAdding, setIsAdding] = useState(false)
  const [knowsName, setKnowsName] = useState(false)
  const next = nextOf(chosen)
  return (
    <Stack gap="lg">
      <header>
        {chosen.step === undefined ? null : (
          <Text size="sm" c="dimmed">
            {t('stepOf', { step: chosen.step, count: chosen.names.length })}
          </Text>
        )}
        <Title order={1}>{t.rich('titleOf', { name: () => <NameText key="name" name={name} /> })}</Title>
      </header>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        <Stack gap="lg">
          <Section title={t('check')}>
            <SpelledName name={name} />
            {lookAlike === undefined ? null : (
              <LookAlike lookAlike={lookAlike} isKnown={knowsName} onKnow={setKnowsName} />
            )}
          </Section>
          <TermsOfName check={check} />
          <RegisteredTo
            name={name}
            choice={{ contactId, onChoose: setContactId, isAdding, onAdding: setIsAdding }}
          />
        </Stack>
        <Paper withBorder p="lg" radius="md" style={{ alignSelf: 'start' }}>
          <PlaceOrder
            checks={checks}
            chosen={chosen}
            contactId={contactId}
            first={
              lookAlike !== undefined && !knowsName
                ? t('knowFirst')
                : isAdding
                  ? t('contactFirst')
                  : undefined
            }
            onRefused={onRefused}
          />
        </Paper>
      </SimpleGrid>
      {next === undefined ? null : (
        <Anchor component={Link} href={href(next.path)}>
          {t('skip', { name: next.name, step: next.step, count: chosen.names.length })}
        </Anchor>
      )}
    </Stack>
  )
}

type LookAlikeProps = {
  readonly lookAlike: NonNullable<OrderCheck['look_alike']>
  readonly isKnown: boolean
  readonly onKnow: (isKnown: boolean) => void
}

/** A name that people take for another one is ordered only by who says that they know it. */
function LookAlike({ lookAlike: { looks_like, mixes_scripts }, isKnown, onKnow }: LookAlikeProps) {
  const t = useTranslations('order')
  return (
    <Alert color="orange" variant="light" mt="md" title={t('lookAlikeTitle')}>
      {looks_like === undefined ? null : (
        <Text>{t.rich('looksLike', { plain: () => <strong key="plain">{looks_like}</strong> })}</Text>
      )}
      {mixes_scripts ? <Text>{t('mixesScripts')}</Text> : null}
      <Checkbox
        mt="sm"
        label={t('knowLookAlike')}
        checked={isKnown}
        onChange={({ currentTarget: { checked } }) => onKnow(checked)}
      />
    </Alert>
  )
}

function TermsOfName({ check: { name, cutoff_at, drop_from, drop_to } }: { check: OrderCheck }) {
  const t = useTranslations('order')
  const href = useHref()
  return (
    <Section title={t('times')}>
      <Facts
        facts={[
          ...(cutoff_at === undefined
            ? []
            : [
                [
                  t('closes'),
                  <>
                    <TimeText at={cutoff_at} /> · <Countdown to={cutoff_at} isPhrase />
                  </>,
                ] as const,
              ]),
          ...(drop_from === undefined || drop_to === undefined
            ? []
            : [[t('window'), <WindowText key="window" from={drop_from} to={drop_to} />] as const]),
        ]}
      />
      <Text size="sm" mt="sm">
        <Anchor component={Link} href={href(`/names/${name}`)}>
          {t('rules')}
        </Anchor>
      </Text>
    </Section>
  )
}

type RegisteredToProps = { readonly name: string; readonly choice: ContactChoiceProps }

/** The contact, where the registry of the name keeps contacts. */
function RegisteredTo({ name, choice }: RegisteredToProps) {
  const t = useTranslations('order')
  const api = useApi()
  const { currency } = useViewing()
  const { data: listing } = useQuery(listingQuery(api, name, currency))
  const { data: zone } = useQuery({
    ...zoneQuery(api, listing?.zone ?? '', currency),
    enabled: listing !== undefined && listing !== null,
  })
  if (zone === undefined) return null
  return (
    <Section title={t('contact')}>
      {zone.contact_roles.length === 0 ? (
        <Text>{t('contactNotUsed', { zone: zone.unicode_zone })}</Text>
      ) : (
        <ContactChoice {...choice} />
      )}
    </Section>
  )
}
