import { Stack, Text, Title } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Section } from '../parts/Facts.tsx'

const topics = [
  'fees',
  'procedure',
  'times',
  'settlement',
  'failures',
  'cancellation',
  'refunds',
  'invoices',
  'premium',
  'terms',
] as const

/** The service's own notices, all on one page. */
export function HelpPage() {
  const t = useTranslations('help')
  return (
    <Stack gap="lg" maw={760}>
      <Title order={1}>{t('title')}</Title>
      {topics.map((topic) => (
        <section key={topic} id={topic}>
          <Section title={t(`${topic}.title`)}>
            <Text>{t(`${topic}.text`)}</Text>
          </Section>
        </section>
      ))}
    </Stack>
  )
}
