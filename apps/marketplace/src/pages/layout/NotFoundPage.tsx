import { Anchor, Stack, Text, Title } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Link } from 'wouter'
import { useHref } from '../viewing.tsx'

export function NotFoundPage() {
  const t = useTranslations('notFound')
  const href = useHref()
  return (
    <Stack gap="sm" data-not-found="">
      <Title order={1}>{t('title')}</Title>
      <Text>{t('text')}</Text>
      <Anchor component={Link} href={href('/names')}>
        {t('back')}
      </Anchor>
    </Stack>
  )
}
