import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Link, useLocation, useSearch } from 'wouter'
import { useHref } from '../viewing.tsx'

/** In place of a page that only a person with a session sees; from the sign-in they come back to it. `text`: what they sign in for. */
export function SignInFirst({ text }: { text?: string }) {
  const t = useTranslations()
  return (
    <Stack gap="md" maw={480} {...(text === undefined && { mx: 'auto' })}>
      {text === undefined ? (
        <Title order={1} size="h2">
          {t('signInFirst')}
        </Title>
      ) : (
        <Text>{text}</Text>
      )}
      <Group>
        <Button component={Link} href={useSignInHref('sign-in')}>
          {t('nav.signIn')}
        </Button>
        <Button component={Link} href={useSignInHref('sign-up')} variant="default">
          {t('nav.signUp')}
        </Button>
      </Group>
    </Stack>
  )
}

/** The address of the sign-in or sign-up from which a person comes back to this page. */
export function useSignInHref(page: 'sign-in' | 'sign-up'): string {
  const href = useHref()
  const [path] = useLocation()
  const search = useSearch()
  const next = encodeURIComponent(search === '' ? path : `${path}?${search}`)
  return href(`/${page}?next=${next}`)
}
