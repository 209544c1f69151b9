import { HOLD_MS } from '@droplock/rules/backorders'
import { Alert, Anchor, Button, Paper, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Link, useParams } from 'wouter'
import { type Listing, useApi } from '../api.ts'
import { Facts, Section } from '../parts/Facts.tsx'
import { Problem } from '../parts/Problem.tsx'
import { Countdown, MoneyText, NameText, TimeText, WindowText } from '../parts/texts.tsx'
import { WatchButton } from '../parts/WatchButton.tsx'
import { nameIn } from '../titles.ts'
import { useHref, useMayOrder, useViewing } from '../viewing.tsx'
import { listingQuery, readOwn } from './listing-queries.ts'
import { WhyNot } from './WhyNot.tsx'
import { ZoneFacts } from './ZoneFacts.tsx'

const MINUTE_MS = 60_000

/** A name: its price and times, what an order is, and how often orders in its zone succeed. */
export function NamePage() {
  const { name: written = '' } = useParams()
  const { currency, viewer } = useViewing()
  const name = nameIn(written).toLowerCase()
  const { data, error, refetch } = useQuery({
    ...listingQuery(useApi(), name, currency),
    ...readOwn(viewer),
  })
  if (error !== null && data === undefined) return <Problem error={error} onAgain={() => void refetch()} />
  if (data === undefined) return <Skeleton height={300} />
  return data === null ? <NotListed name={name} /> : <NameView listing={data} />
}

function NotListed({ name }: { name: string }) {
  const t = useTranslations('name')
  const href = useHref()
  return (
    <Stack gap="md" maw={560} align="start">
      <Title order={1} className="name">
        <NameText name={name} />
      </Title>
      <Text>{t('notListed', { name })}</Text>
      {name.includes('.') ? (
        <>
          <Text>{t('notListedAbout')}</Text>
          <WatchButton name={name} />
        </>
      ) : null}
      <Anchor component={Link} href={href('/names')}>
        {t('all')}
      </Anchor>
    </Stack>
  )
}

function NameView({ listing }: { listing: Listing }) {
  const t = useTranslations('name')
  const href = useHref()
  const { name, zone } = listing
  return (
    <Stack gap="lg">
      <Anchor component={Link} href={href('/names')} size="sm">
        ← {t('all')}
      </Anchor>
      <Title order={1} className="name">
        <NameText name={name} />
      </Title>
      <div className="offer-and-rules">
        <Offer listing={listing} />
        <Stack gap="xl">
          <Section title={t('happensTitle')}>
            <ol className="steps">
              {(['pay', 'drop', 'success', 'failure'] as const).map((step) => (
                <li key={step}>{t(`happens.${step}`)}</li>
              ))}
            </ol>
          </Section>
          <ZoneFacts zone={zone} />
          <Stack gap={4}>
            <Anchor component={Link} href={href('/help')}>
              {t('help')}
            </Anchor>
            <Anchor component={Link} href={href(`/names?zone=${zone}`)}>
              {t('ofZone', { zone })}
            </Anchor>
          </Stack>
        </Stack>
      </div>
    </Stack>
  )
}

/** What it costs, until when it can be ordered, and the way to order it. */
function Offer({ listing }: { listing: Listing }) {
  const t = useTranslations('name')
  const names = useTranslations('names')
  const nav = useTranslations('nav')
  const href = useHref()
  const mayOrder = useMayOrder()
  const { name, price, orderable, suspect, state, held_by_you } = listing
  const isComing = state === 'open' || state === 'upcoming'
  return (
    <Paper withBorder p="lg" component="section" aria-label={t('price')} className="offer">
      <Text size="sm" c="dimmed">
        {t('price')}
      </Text>
      <Text className="headline">{price === undefined ? '–' : <MoneyText amount={price} />}</Text>
      {price === undefined ? null : <Text size="sm">{t('final')}</Text>}
      <Times listing={listing} />
      <Stack gap="sm" mt="lg">
        {orderable && mayOrder ? (
          <Button component={Link} href={href(`/order?name=${encodeURIComponent(name)}`)} size="md" fullWidth>
            {names('backorder')}
          </Button>
        ) : orderable ? (
          <Text size="sm">{t('viewerMayNot')}</Text>
        ) : held_by_you ? (
          <Button component={Link} href={href(`/orders?name=${encodeURIComponent(name)}`)} variant="default">
            {nav('orders')}
          </Button>
        ) : null}
        <WatchButton name={name} />
        {suspect ? <Alert variant="light">{t('suspect')}</Alert> : null}
        {orderable || state === 'upcoming' ? (
          <Alert variant="light" title={t('noCancelTitle')}>
            {t('noCancel', { minutes: HOLD_MS / MINUTE_MS })}
          </Alert>
        ) : isComing || state === 'closed' || state === 'dropping' ? null : (
          <Text size="sm">{t('ended')}</Text>
        )}
      </Stack>
    </Paper>
  )
}

function Times({ listing }: { listing: Listing }) {
  const t = useTranslations('name')
  const states = useTranslations('states')
  const { state, orderable, opens_at, cutoff_at, drop_from, drop_to } = listing
  return (
    <Facts
      facts={[
        [t('state'), orderable ? states(state) : <WhyNot key="state" listing={listing} />],
        ...(state === 'upcoming' ? [[t('opens'), <Counted key="opens" at={opens_at} />] as const] : []),
        [t('closes'), <Counted key="closes" at={cutoff_at} />],
        [
          t('window'),
          <>
            <WindowText from={drop_from} to={drop_to} />
            <Text size="sm" c="dimmed">
              {t('windowAbout')}
            </Text>
          </>,
        ],
      ]}
    />
  )
}

/** A time, and how long until then. */
function Counted({ at }: { at: string }) {
  return (
    <>
      <TimeText at={at} />
      <Text size="sm" c="dimmed" component="div">
        <Countdown to={at} isPhrase />
      </Text>
    </>
  )
}
