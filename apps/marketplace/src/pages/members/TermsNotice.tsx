import { Alert, Anchor, Button, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { askOwn } from '../own.ts'
import { Problem } from '../parts/Problem.tsx'
import { useHref } from '../viewing.tsx'

<<<<<<<< HEAD:apps/marketplace/src/pages/members/AccountNotices.tsx
/** What a person has to know before anything else on the page. */
export function AccountNotices({ viewer }: { viewer: Viewer }) {
  const t = useTranslations('accountNotices')
  return (
    <Stack gap="sm" mb="lg">
      {viewer.isSuspended ? (
        <Alert color="orange" title={t('suspendedTitle')}>
          {t('suspended')}
        </Alert>
      ) : null}
      {viewer.mustAcceptTerms ? <TermsNotice /> : null}
    </Stack>
  )
}

function TermsNotice() {
  const t = useTranslations('accountNotices')
========
/** Terms that a person has not accepted yet. */
export function TermsNotice() {
  const t = useTranslations('termsNotice')
>>>>>>>> market:apps/marketplace/src/pages/members/TermsNotice.tsx
  const href = useHref()
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: () => askOwn('POST', '/people/me/terms'),
  })
  if (isSuccess)
    return (
      <Alert variant="light" role="status">
        {t('accepted')}
      </Alert>
    )
  return (
    <Alert color="orange" title={t('title')}>
      <Text>{t('text')}</Text>
      <Group mt="sm" gap="md">
        <Button size="xs" loading={isPending} onClick={() => mutate()}>
          {t('accept')}
        </Button>
        <Anchor href={href('/help#terms')} target="_blank" rel="noopener">
          {t('read')}
        </Anchor>
      </Group>
      {error === null ? null : <Problem error={error} />}
    </Alert>
  )
}
