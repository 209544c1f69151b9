import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useApi } from '../api.ts'
import { TimeText } from '../parts/texts.tsx'
import { publishedQuery } from './published.ts'

/** When the last list of names was published. */
export function PublishedText() {
  const t = useTranslations('names')
  const { data } = useQuery(publishedQuery(useApi()))
  const last = data?.items[0]
  if (last === undefined) return null
  return (
    <Text size="sm" c="dimmed" mt={4}>
      {t.rich('published', { at: () => <TimeText at={last.made_at} /> })}
    </Text>
  )
}
