import { Anchor, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Link, useLocation } from 'wouter'
import { useApi } from '../api.ts'
import { useHref, useViewing } from '../viewing.tsx'
import { Problem } from './Problem.tsx'
import { useChange } from './use-change.ts'

/** Puts a name on the account's watch list, or takes it off. Visitors sign in first; viewers change no list. */
export function WatchButton({ name }: { name: string }) {
  const t = useTranslations('watches')
  const href = useHref()
  const [path] = useLocation()
  const { viewer } = useViewing()
  if (viewer === null)
    return (
      <Anchor component={Link} href={href(`/sign-in?next=${encodeURIComponent(path)}`)} size="sm">
        {t('signIn')}
      </Anchor>
    )
  return viewer.role === 'viewer' ? null : <Toggle name={name} />
}

function Toggle({ name }: { name: string }) {
  const t = useTranslations('watches')
  const api = useApi()
  const { data } = useQuery({
    queryKey: ['watches', 'of', name],
    queryFn: () => api.get('/v1/watches', { params: { query: { name, limit: 1 } } }),
  })
  const isWatched = data !== undefined && data.items.length > 0
  const change = useChange<boolean>({
    change: async (wanted) => {
      const params = { path: { name } }
      if (wanted) await api.put('/v1/watches/{name}', { params })
      else await api.delete('/v1/watches/{name}', { params })
    },
    changes: ['watches'],
  })
  return (
    <>
      <Button
        variant={isWatched ? 'light' : 'default'}
        aria-pressed={isWatched}
        disabled={data === undefined}
        loading={change.isPending}
        onClick={() => change.mutate(!isWatched)}
      >
        {t(isWatched ? 'watching' : 'watch')}
      </Button>
      {change.error === null ? null : <Problem error={change.error} />}
    </>
  )
}
