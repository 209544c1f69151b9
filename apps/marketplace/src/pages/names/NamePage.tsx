import { Alert, Anchor, Button, Paper, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Link, useParams } from 'wouter'
import { type Listing, useApi } from '../api.ts'
import { Facts, Section } from '../parts/Facts.tsx'
import { Problem } from '../parts/Problem.tsx'
import { Countdown, MoneyText, NameText, TimeText } from '../parts/texts.tsx'
import { useHref, useViewing } from '../viewing.tsx'
import { listingQuery } from './filters.ts'
import { WhyNot } from './WhyNot.tsx'
import { ZoneFacts } from './ZoneFacts.tsx'

/** A name: its price and times, what an order is, and how often orders in its zone succeed. */
export function NamePage() {
  const { name = '' } = useParams()
  const { currency } = useViewing()
  const { data, error, refetch } = useQuery(listingQuery(useApi(), decodeURIComponent(name), currency))
  if (error !== null) return <Problem error={error} onAgain={() => void refetch()} />
  if (data === undefined) return <Skeleton height={300} />
  return <NameView listing={data} />
}

function NameView({ listing }: { listing: Listing }) {
  const t = useTranslations('name')
  const names = useTranslations('names')
  const href = useHref()
  const { name, price, cutoff_at, drop_from, drop_to, orderable, zone } = listing
  return (
    <Stack gap="lg">
      <Title order={1}>
        <NameText name={name} />
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        <Paper withBorder p="lg" radius="md">
          <Text size="sm" c="dimmed">
            {t('price')}
          </Text>
          <Text fz={28} fw={700}>
            {price === undefined ? '–' : <MoneyText amount={price} />}
          </Text>
          <Text size="sm">{t('final')}</Text>
          <Facts
            facts={[
              [
                t('closes'),
                <>
                  <TimeText at={cutoff_at} /> <Countdown to={cutoff_at} />
                </>,
              ],
              [
                t('window'),
                <>
                  <TimeText at={drop_from} seconds /> – <TimeText at={drop_to} seconds />
                </>,
              ],
            ]}
          />
          {orderable ? (
            <Button
              component={Link}
              href={href(`/order?name=${encodeURIComponent(name)}`)}
              size="md"
              mt="md"
              fullWidth
            >
              {names('backorder')}
            </Button>
          ) : (
            <div style={{ marginTop: 16 }}>
              <WhyNot listing={listing} />
            </div>
          )}
          <Alert variant="light" mt="md" title={t('noCancelTitle')}>
            {t('noCancel')}
          </Alert>
        </Paper>
        <Stack gap="md">
          <Section title={t('happensTitle')}>
            <ol className="steps">
              {(['pay', 'hold', 'drop', 'success', 'failure'] as const).map((step) => (
                <li key={step}>{t(`happens.${step}`)}</li>
              ))}
            </ol>
          </Section>
          <ZoneFacts zone={zone} />
          <Anchor component={Link} href={href('/help')}>
            {t('help')}
          </Anchor>
        </Stack>
      </SimpleGrid>
    </Stack>
  )
}
