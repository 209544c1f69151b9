import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useApi } from '../api.ts'
import { TimeText, useSpace, WindowText } from '../parts/texts.tsx'
import { publicationQuery, publishedQuery } from './published.ts'

/** When the last list of names was published, and when the next one is to be expected. */
export function PublishedText() {
  const t = useTranslations('names')
  const space = useSpace()
  const api = useApi()
  const { data: lists } = useQuery(publishedQuery(api))
  const { data: publication } = useQuery(publicationQuery(api))
  const last = lists?.items[0]
  const next = publication?.next
  return (
    <Text size="sm" c="dimmed" mt={4}>
      {last === undefined ? null : t.rich('published', { at: () => <TimeText at={last.made_at} /> })}
      {last === undefined ? null : space}
      {next === undefined ? null : t.rich('publishedNext', { at: () => <WindowText {...next} /> })}
    </Text>
  )
}
