import { Anchor, Group } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Link, useLocation, useSearch } from 'wouter'

/** Where in a list the address is. */
export function useCursor(): string | undefined {
  return new URLSearchParams(useSearch()).get('cursor') ?? undefined
}

/** To the next page of a list and back to its first: links, because the address says which page is shown. */
export function PageLinks({ next }: { next: string | undefined }) {
  const t = useTranslations('names')
  const [path] = useLocation()
  const search = useSearch()
  const to = (cursor: string | undefined) => {
    const wanted = new URLSearchParams(search)
    wanted.delete('cursor')
    if (cursor !== undefined) wanted.set('cursor', cursor)
    const text = wanted.toString()
    return text === '' ? path : `${path}?${text}`
  }
  const isFirst = !new URLSearchParams(search).has('cursor')
  if (isFirst && next === undefined) return null
  return (
    <Group component="nav" gap="lg" className="page-links" aria-label={t('pages')}>
      {isFirst ? null : (
        <Anchor component={Link} href={to(undefined)}>
          {t('first')}
        </Anchor>
      )}
      {next === undefined ? null : (
        <Anchor component={Link} rel="next" href={to(next)}>
          {t('next')}
        </Anchor>
      )}
    </Group>
  )
}
